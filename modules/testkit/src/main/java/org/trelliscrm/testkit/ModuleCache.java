// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads each module once, although JUnit makes a new test for each rule. */
final class ModuleCache {

    private static final Map<Class<?>, ModuleUnderTest> MODULES = new ConcurrentHashMap<>();

    private ModuleCache() {}

    static ModuleUnderTest of(Class<?> rulesTest) {
        return MODULES.computeIfAbsent(rulesTest, ModuleUnderTest::new);
    }
}
