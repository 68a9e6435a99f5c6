package io.stockhook.web.trial;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes without ever naming a tenant in a condition: what it sees is what the policies show it. */
@ApplicationScoped
public class Notes {

    private final AgroalDataSource dataSource;

    Notes(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Transactional
    public void add(String tenantId, Note note) {
        try (Connection connection = dataSource.getConnection();
                var insert = connection.prepareStatement("insert into note (tenant_id, id, text) values (?, ?, ?)")) {
            insert.setString(1, tenantId);
            insert.setString(2, note.id());
            insert.setString(3, note.text());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Transactional
    public List<Note> inTransaction() {
        return all();
    }

    public List<Note> outsideTransaction() {
        return all();
    }

    private List<Note> all() {
        try (Connection connection = dataSource.getConnection();
                var select = connection.prepareStatement("select id, text from note order by id");
                var rows = select.executeQuery()) {
            List<Note> notes = new ArrayList<>();
            while (rows.next()) {
                notes.add(new Note(rows.getString(1), rows.getString(2)));
            }
            return notes;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
