// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes the persistence unit of a module from its record types when the module comes; whoever asked closes it when the
 * module goes. No {@code persistence.xml}, no weaving, no class of EclipseLink in any module.
 */
@Component(service = Units.class)
public class Units {

    private final DataSource dataSource;
    private final Set<Unit> open = ConcurrentHashMap.newKeySet();

    @Activate
    public Units(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Opens the unit of a module. */
    public Unit open(String module, Bundle bundle, Collection<TypeInfo> types) {
        ModuleLoader loader = new ModuleLoader(bundle);
        String session = "crm-" + module + "-" + bundle.getBundleId() + "-" + bundle.getLastModified();
        Unit unit = new Unit(
                module,
                types.stream().map(TypeInfo::table).toList(),
                (slots, number) ->
                        new UnitDescription(module, session + "-" + number, loader, types, slots, dataSource),
                dataSource,
                open::remove);
        open.add(unit);
        // A column that was added between the two is not missed.
        unit.refresh();
        return unit;
    }

    /** Lets all units know the columns that have been added for custom fields. */
    public void refresh() {
        open.forEach(Unit::refresh);
    }
}
