package io.stockhook.subscription.secret;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks into columns that hold secrets within JSON. To be called within a transaction. */
@ApplicationScoped
public class SealedColumns {

    private final AgroalDataSource dataSource;

    SealedColumns(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * How many rows have a secret that another master key than this wraps. Looks at all of them.
     *
     * @param table a name of ours
     * @param text an expression of ours: the columns' text, one after the other
     */
    public long countOthers(String table, String text, String keyId) {
        String sql = "select count(*) from %s where (%s) ~ ('\"v1[.](?!' || ? || '[.])')".formatted(table, text);
        try (Connection connection = dataSource.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, keyId);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("secrets not counted: table=" + table, e);
        }
    }
}
