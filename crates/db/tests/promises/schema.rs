//! Both databases have the same tables.

use std::collections::BTreeMap;

use db::Target;
use dbtest::{Bed, Engine};

/// What a table promises, in words that both databases share.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// Name, class and whether null is allowed, in order.
    columns: Vec<(String, String, bool)>,
    /// Columns of the primary key.
    primary: Vec<String>,
    /// Column lists of unique constraints and indexes, sorted.
    unique: Vec<Vec<String>>,
    /// Columns, table and columns referred to, what happens on delete; sorted.
    foreign: Vec<(Vec<String>, String, Vec<String>, String)>,
    /// Name, columns and condition of the other indexes, sorted.
    indexes: Vec<(String, Vec<String>, bool)>,
}

type Schema = BTreeMap<String, Table>;

fn of_sqlite(bed: &Bed) -> Schema {
    let Target::Sqlite(options) = &bed.options.target else {
        panic!("not a file")
    };
    let conn = rusqlite::Connection::open(&options.file).unwrap();
    let ask = |text: &str, of: &str| -> Vec<Vec<rusqlite::types::Value>> {
        let mut statement = conn.prepare(text).unwrap();
        let width = statement.column_count();
        let rows = statement
            .query_map([of], |row| (0..width).map(|index| row.get(index)).collect())
            .unwrap();
        rows.map(Result::unwrap).collect()
    };
    let text = |value: &rusqlite::types::Value| match value {
        rusqlite::types::Value::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    let truth = |value: &rusqlite::types::Value| *value != rusqlite::types::Value::Integer(0);
    let columns_of = |index: &str| -> Vec<String> {
        ask(
            "select name from pragma_index_info(?1) order by seqno",
            index,
        )
        .iter()
        .map(|row| text(&row[0]))
        .collect()
    };
    let mut schema = Schema::new();
    for row in ask(
        "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like ?1",
        "sqlite_%",
    ) {
        let name = text(&row[0]);
        let mut table = Table::default();
        for row in ask(
            "select name, type, \"notnull\" = 0 and pk = 0 from pragma_table_info(?1) order by cid",
            &name,
        ) {
            table
                .columns
                .push((text(&row[0]), text(&row[1]).to_lowercase(), truth(&row[2])));
        }
        for row in ask(
            "select name from pragma_table_info(?1) where pk > 0 order by pk",
            &name,
        ) {
            table.primary.push(text(&row[0]));
        }
        for row in ask(
            "select name, \"unique\", origin, partial from pragma_index_list(?1)",
            &name,
        ) {
            let index = text(&row[0]);
            match (text(&row[2]).as_str(), truth(&row[1])) {
                ("pk", _) => {}
                (_, true) => table.unique.push(columns_of(&index)),
                (_, false) => {
                    table
                        .indexes
                        .push((index.clone(), columns_of(&index), truth(&row[3])))
                }
            }
        }
        let mut keys: BTreeMap<String, (Vec<String>, String, Vec<String>, String)> =
            BTreeMap::new();
        for row in ask(
            "select id, \"from\", \"table\", \"to\", on_delete from pragma_foreign_key_list(?1) order by id, seq",
            &name,
        ) {
            let key = keys.entry(text(&row[0])).or_default();
            key.0.push(text(&row[1]));
            key.1 = text(&row[2]);
            key.2.push(text(&row[3]));
            key.3 = text(&row[4]).to_lowercase();
        }
        table.foreign = keys.into_values().collect();
        schema.insert(name, sorted(table));
    }
    schema
}

const COLUMNS: &str = "select c.relname::text, a.attname::text, \
    case t.typname when 'int8' then 'integer' when 'bytea' then 'blob' else t.typname end::text, \
    not a.attnotnull, coalesce(l.collname, '')::text \
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid \
    left join pg_collation l on l.oid = a.attcollation \
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped \
    order by c.relname, a.attnum";
const INDEXES: &str = "select c.relname::text, x.relname::text, i.indisprimary, i.indisunique, i.indpred is not null, \
    array(select pg_get_indexdef(i.indexrelid, k, true) from generate_series(1, i.indnatts) k order by k)::text[] \
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid \
    where c.relnamespace = 'public'::regnamespace order by 1, 2";
const FOREIGN: &str = "select c.relname::text, f.relname::text, \
    case k.confdeltype when 'a' then 'no action' when 'c' then 'cascade' when 'r' then 'restrict' when 'n' then 'set null' else 'other' end, \
    array(select a.attname from unnest(k.conkey) with ordinality n(num, pos) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.num order by pos)::text[], \
    array(select a.attname from unnest(k.confkey) with ordinality n(num, pos) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.num order by pos)::text[] \
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid where k.contype = 'f'";

fn of_postgres(bed: &Bed) -> Schema {
    let Target::Postgres(options) = &bed.options.target else {
        panic!("not a server")
    };
    let mut client = postgres::Client::connect(&options.url, postgres::NoTls).unwrap();
    let mut schema = Schema::new();
    for row in client.query(COLUMNS, &[]).unwrap() {
        let (table, name, class): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let collation: String = row.get(4);
        assert!(
            class != "text" || collation == "C" || table == "schema_migration",
            "{table}.{name} must sort as on SQLite: {collation}"
        );
        schema
            .entry(table)
            .or_default()
            .columns
            .push((name, class, row.get(3)));
    }
    for row in client.query(INDEXES, &[]).unwrap() {
        let (table, name, columns): (String, String, Vec<String>) =
            (row.get(0), row.get(1), row.get(5));
        let columns: Vec<String> = columns
            .iter()
            .map(|column| column.trim_matches('"').to_owned())
            .collect();
        let found = schema.get_mut(&table).unwrap();
        let (primary, unique): (bool, bool) = (row.get(2), row.get(3));
        if unique && table != "schema_migration" {
            // SQLite tells table and columns alone, so this is the name on both.
            assert_eq!(name, format!("{table}__{}", columns.join("__")));
        }
        match (primary, unique) {
            (true, _) => found.primary = columns,
            (false, true) => found.unique.push(columns),
            (false, false) => found.indexes.push((name, columns, row.get(4))),
        }
    }
    for row in client.query(FOREIGN, &[]).unwrap() {
        let table: String = row.get(0);
        schema.get_mut(&table).unwrap().foreign.push((
            row.get(3),
            row.get(1),
            row.get(4),
            row.get(2),
        ));
    }
    schema
        .into_iter()
        .map(|(name, table)| (name, sorted(table)))
        .collect()
}

fn sorted(mut table: Table) -> Table {
    table.unique.sort();
    table.foreign.sort();
    table.indexes.sort();
    table
}

#[test]
fn both_databases_have_the_same_tables() {
    let Some(server) = Bed::new(Engine::Postgres) else {
        return;
    };
    let file = Bed::new(Engine::Sqlite).unwrap();
    let (mut here, there) = (of_sqlite(&file), of_postgres(&server));
    assert!(here.len() > 20);
    for (name, table) in &there {
        assert_eq!(here.remove(name).as_ref(), Some(table), "{name}");
    }
    assert!(here.is_empty(), "only on SQLite: {:?}", here.keys());
}
