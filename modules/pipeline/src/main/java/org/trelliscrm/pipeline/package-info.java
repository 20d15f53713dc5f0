// SPDX-License-Identifier: Apache-2.0
/** Deals on their way through the stages of a pipeline, from the first talk to won or lost. */
@Module(id = "pipeline")
@NullMarked
package org.trelliscrm.pipeline;

import org.jspecify.annotations.NullMarked;
import org.trelliscrm.api.module.Module;
