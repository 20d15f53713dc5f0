// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.persistence.SharedCacheMode;
import javax.persistence.ValidationMode;
import javax.persistence.spi.ClassTransformer;
import javax.persistence.spi.PersistenceUnitInfo;
import javax.persistence.spi.PersistenceUnitTransactionType;
import javax.sql.DataSource;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Money;

/** What a {@code persistence.xml} would say, made from a module's record types. */
final class UnitDescription implements PersistenceUnitInfo {

    private final String name;
    private final ModuleLoader loader;
    private final DataSource dataSource;
    private final List<String> classes = new ArrayList<>();
    private final Properties properties = new Properties();

    /** @param slots the columns of custom fields, by table */
    UnitDescription(
            String name,
            String session,
            ModuleLoader loader,
            Collection<TypeInfo> types,
            Map<String, List<String>> slots,
            DataSource dataSource) {
        this.name = name;
        this.loader = loader;
        this.dataSource = dataSource;
        types.forEach(type -> classes.add(type.javaClass().getName()));
        classes.add(BaseRecord.class.getName());
        classes.add(Money.class.getName());
        properties.put(PersistenceUnitProperties.WEAVING, "false");
        properties.put(PersistenceUnitProperties.CACHE_SHARED_DEFAULT, "false");
        properties.put(PersistenceUnitProperties.SESSION_NAME, session);
        properties.put(PersistenceUnitProperties.SESSION_CUSTOMIZER, UnitCustomizer.class.getName());
        properties.put(UnitCustomizer.SLOTS, slots);
        properties.put(PersistenceUnitProperties.LOGGING_LOGGER, UnitLog.class.getName());
        properties.put(PersistenceUnitProperties.LOGGING_LEVEL, "INFO");
        properties.put(PersistenceUnitProperties.BATCH_WRITING, "JDBC");
    }

    @Override
    public String getPersistenceUnitName() {
        return name;
    }

    @Override
    public String getPersistenceProviderClassName() {
        return PersistenceProvider.class.getName();
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return PersistenceUnitTransactionType.RESOURCE_LOCAL;
    }

    @Override
    public @Nullable DataSource getJtaDataSource() {
        return null;
    }

    @Override
    public DataSource getNonJtaDataSource() {
        return dataSource;
    }

    @Override
    public List<String> getMappingFileNames() {
        return List.of();
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public URL getPersistenceUnitRootUrl() {
        return loader.module().getEntry("/");
    }

    @Override
    public List<String> getManagedClassNames() {
        return classes;
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.NONE;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public Properties getProperties() {
        return properties;
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "2.2";
    }

    @Override
    public ClassLoader getClassLoader() {
        return loader;
    }

    @Override
    public void addTransformer(ClassTransformer transformer) {
        // Weaving would change the module's classes; nothing here needs it.
    }

    @Override
    public ClassLoader getNewTempClassLoader() {
        return new ModuleLoader(loader.module());
    }
}
