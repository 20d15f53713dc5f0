// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.ops4j.pax.exam.CoreOptions.bootClasspathLibrary;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.environment;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFileExtend;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.ops4j.pax.exam.Option;

/**
 * The distribution as Pax Exam starts it for tests that run inside of it: as {@code crm} does, but with Pax Exam's own
 * bundles, AssertJ, and the local Maven repository, where Karaf finds Pax Exam's.
 */
final class Container {

    static final String HTTP_PORT = "CRM_HTTP_PORT";

    private static final Path FOLDER = Distribution.WORK.resolve("container");

    private Container() {}

    static Option options() {
        try {
            Distribution.delete(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return composite(
                karafDistributionConfiguration()
                        .frameworkUrl(new File(System.getProperty("crm.archive"))
                                .toURI()
                                .toString())
                        .name("Trellis CRM")
                        .unpackDirectory(FOLDER.toFile())
                        .useDeployFolder(false),
                keepRuntimeFolder(),
                doNotModifyLogConfiguration(),
                configureConsole().ignoreLocalConsole(),
                environment(HTTP_PORT + "=" + Server.freePort()),
                environment("CRM_SSH_PORT=" + Server.freePort()),
                vmOptions(modules()),
                vmOptions("-Xmx512m", "-Duser.language=en", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8"),
                editConfigurationFileExtend(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.defaultRepositories",
                        ", " + new File(System.getProperty("maven.repository")).toURI() + "@id=tests"),
                bootClasspathLibrary(bundle(locator())),
                bundle(jarOf(ByteBuddy.class)),
                bundle(jarOf(Assertions.class)));
    }

    /** What {@code crm} opens of Java's own modules. */
    private static String[] modules() {
        try {
            String script = Files.readString(Distribution.unpacked().resolve("crm"));
            return Pattern.compile("(--add-(?:opens|exports)) (\\S+)")
                    .matcher(script)
                    .results()
                    .map(option -> option.group(1) + "=" + option.group(2))
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the class path that {@code crm} makes, but not on Pax Exam's. */
    private static String locator() {
        Path library = Distribution.unpacked().resolve("lib").resolve("endorsed");
        return Distribution.find(library, "org.apache.karaf.specs.locator-*.jar")
                .get(0)
                .toUri()
                .toString();
    }

    private static String jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }
}
