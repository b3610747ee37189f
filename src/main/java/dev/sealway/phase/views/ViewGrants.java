package dev.sealway.phase.views;

import dev.sealway.jdbc.Identifier;
import dev.sealway.jdbc.QualifiedName;
import dev.sealway.jdbc.Sql;
import dev.sealway.jdbc.SqlFragment;
import dev.sealway.jdbc.Transaction;
import java.util.List;

/** Who may use a compatibility view: whoever may use the table, and whoever was granted the view itself. */
final class ViewGrants {

    private static final Sql GRANTS = Sql.of("""
            SELECT DISTINCT a.privilege_type, CASE WHEN a.grantee = 0 THEN '' ELSE pg_catalog.pg_get_userbyid(a.grantee) END,
                   a.is_grantable
              FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a
             WHERE c.oid IN (pg_catalog.to_regclass(?), pg_catalog.to_regclass(?)) AND a.grantee <> c.relowner
               AND a.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
             ORDER BY 2, 1, 3""");
    private static final Sql GRANT = Sql.of("GRANT {privilege} ON {view} TO {role} {option}");

    private record Grant(String privilege, String role, boolean grantable) {}

    private final List<Grant> grants;

    private ViewGrants(List<Grant> grants) {
        this.grants = grants;
    }

    /** Read before the view is made anew. */
    static ViewGrants of(Transaction tx, QualifiedName table, QualifiedName view) {
        return new ViewGrants(tx.list(
                GRANTS,
                row -> new Grant(row.getString(1), row.getString(2), row.getBoolean(3)),
                table.sql(),
                view.sql()));
    }

    void give(Transaction tx, QualifiedName view) {
        for (Grant grant : grants) {
            SqlFragment role = grant.role.isEmpty() ? Sql.of("PUBLIC") : Identifier.of(grant.role);
            tx.executeDefinition(GRANT.with("privilege", Sql.trusted(grant.privilege))
                    .with("view", view)
                    .with("role", role)
                    .with("option", Sql.of(grant.grantable ? "WITH GRANT OPTION" : "")));
        }
    }
}
