// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.promise.Promise;

/** The declarative services of the framework in which the test runs. */
final class Components {

    private static final ServiceComponentRuntime RUNTIME = Services.await(ServiceComponentRuntime.class);

    private Components() {}

    /** The components of our bundles that wait for something or have failed, each with what it lacks. */
    static List<String> unsatisfied() {
        Bundle[] ours = Arrays.stream(Services.CONTEXT.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.trelliscrm."))
                .toArray(Bundle[]::new);
        List<String> unsatisfied = new ArrayList<>();
        for (ComponentDescriptionDTO component : RUNTIME.getComponentDescriptionDTOs(ours)) {
            Collection<ComponentConfigurationDTO> configurations = RUNTIME.getComponentConfigurationDTOs(component);
            if (configurations.isEmpty()) {
                unsatisfied.add(component.name + " is not there");
            }
            for (ComponentConfigurationDTO configuration : configurations) {
                if (configuration.state != ComponentConfigurationDTO.SATISFIED
                        && configuration.state != ComponentConfigurationDTO.ACTIVE) {
                    unsatisfied.add(component.name + " lacks " + lacking(configuration));
                }
            }
        }
        return unsatisfied;
    }

    private static String lacking(ComponentConfigurationDTO configuration) {
        List<String> references = Arrays.stream(configuration.unsatisfiedReferences)
                .map(reference -> reference.name)
                .toList();
        return references + " " + configuration.failure;
    }

    /** Takes a component away, and returns when it is gone. */
    static void disable(String name) {
        await(RUNTIME.disableComponent(find(name)));
    }

    /** Brings a component back, and returns when it is there. */
    static void enable(String name) {
        await(RUNTIME.enableComponent(find(name)));
    }

    private static void await(Promise<Void> done) {
        try {
            done.getValue();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ComponentDescriptionDTO find(String name) {
        return RUNTIME.getComponentDescriptionDTOs().stream()
                .filter(component -> component.name.equals(name))
                .findFirst()
                .orElseThrow();
    }
}
