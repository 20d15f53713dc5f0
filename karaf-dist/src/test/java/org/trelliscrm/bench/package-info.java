// SPDX-License-Identifier: Apache-2.0
/** The bench: fills an installation of the distribution, and measures it and its database; see karaf-dist/bench. */
package org.trelliscrm.bench;
