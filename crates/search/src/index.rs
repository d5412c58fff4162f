//! The index itself: its directory, its writer, and the state that searches see.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{
    Directory, Index as Engine, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Term,
};

use crate::document::{Change, ChangeKind, ProductDocument};
use crate::error::Error;
use crate::fields::{Fields, VERSION};
use crate::find;
use crate::query::{SearchQuery, SearchResult};
use crate::snapshot::Snapshot;

/// Memory that one batch of documents may take before it is written out, bytes.
const WRITER_MEMORY: usize = 15_000_000;

/// The search index of the catalogue. Searches run side by side and never wait for a write.
pub struct Index {
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<Writer>,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// What only one at a time may do.
struct Writer {
    engine: IndexWriter,
    /// What is in the index: version and fingerprint of each product.
    known: HashMap<Arc<str>, (i64, u64)>,
    /// The last change number fed, none before the first build was finished.
    last_seq: Option<i64>,
}

/// What a commit carries beside the documents.
#[derive(Serialize, Deserialize)]
struct Payload {
    version: u32,
    last_seq: i64,
}

impl Index {
    /// Opens the index in its directory, or makes a new one there when there is none, when it
    /// has another layout or when it can't be read. Everything below `dir/products` belongs to
    /// the index.
    ///
    /// # Errors
    /// When the directory can't be used or another process uses it.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let own = dir.join("products");
        fs::create_dir_all(&own)?;
        match Self::with_directory(MmapDirectory::open(&own)?) {
            Ok(index) if index.is_current()? => Ok(index),
            Err(Error::InUse) => Err(Error::InUse),
            outdated => {
                let reason = outdated
                    .err()
                    .map_or_else(|| "it has another layout".to_owned(), |e| e.to_string());
                tracing::warn!(reason, "the search index is made anew");
                fs::remove_dir_all(&own)?;
                fs::create_dir_all(&own)?;
                Self::with_directory(MmapDirectory::open(&own)?)
            }
        }
    }

    /// An index that lives and ends with the process.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn in_memory() -> Result<Self, Error> {
        Self::with_directory(RamDirectory::create())
    }

    fn with_directory(directory: impl Into<Box<dyn Directory>>) -> Result<Self, Error> {
        let (schema, fields) = Fields::schema();
        let engine = Engine::builder()
            .schema(schema)
            .settings(IndexSettings::default())
            .open_or_create(directory)?;
        let last_seq = payload(&engine)?.map(|payload| payload.last_seq);
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let snapshot = Snapshot::open(reader.searcher(), fields, None)?;
        let writer = Writer {
            engine: engine_writer(&engine)?,
            known: known(&snapshot),
            last_seq,
        };
        Ok(Self {
            fields,
            reader,
            writer: Mutex::new(writer),
            snapshot: RwLock::new(Arc::new(snapshot)),
        })
    }

    /// Whether the index must be fed from the whole catalogue before it can be relied on.
    pub fn needs_rebuild(&self) -> bool {
        self.writer().last_seq.is_none()
    }

    /// The number of the last change that was fed, zero before the first build. After a restart
    /// it may be a little lower than it was: changes that changed nothing aren't written.
    pub fn last_seq(&self) -> i64 {
        self.writer().last_seq.unwrap_or_default()
    }

    /// The ids and versions of all products in the index, for comparing with the catalogue.
    pub fn versions(&self) -> Vec<(String, i64)> {
        self.snapshot()
            .rows()
            .map(|row| (row.product_id.to_string(), row.version))
            .collect()
    }

    /// Takes in a batch of changes and remembers the number up to which the catalogue was
    /// followed. Searches see all of it when this returns, or nothing when it fails. Changes
    /// that are in already cost nothing, so overlapping batches may be fed.
    ///
    /// # Errors
    /// When the batch can't be written; then it has to be fed again.
    pub fn apply(&self, changes: &[Change], last_seq: i64) -> Result<(), Error> {
        let mut writer = self.writer();
        let mut latest: HashMap<&str, &Change> = HashMap::new();
        for change in changes {
            let kept = latest.entry(change.kind.product_id()).or_insert(change);
            if change.seq >= kept.seq {
                *kept = change;
            }
        }
        let due: Vec<&ChangeKind> = latest
            .into_values()
            .map(|change| &change.kind)
            .filter(|kind| writer.is_news(kind))
            .collect();
        let last_seq = writer
            .last_seq
            .map_or(last_seq, |before| before.max(last_seq));
        if due.is_empty() && writer.last_seq.is_some() {
            writer.last_seq = Some(last_seq);
            return Ok(());
        }
        let written = due
            .iter()
            .try_for_each(|kind| writer.write(self.fields, kind))
            .and_then(|()| writer.commit(last_seq));
        self.finish(&mut writer, written)
    }

    /// Begins to feed the whole catalogue anew. Searches see the old state until
    /// [`Rebuild::finish`], and keep it when that isn't reached. Other writes wait.
    ///
    /// # Errors
    /// When the index can't be written.
    pub fn rebuild(&self) -> Result<Rebuild<'_>, Error> {
        let writer = self.writer();
        writer.engine.delete_all_documents()?;
        Ok(Rebuild {
            index: self,
            writer,
            finished: false,
        })
    }

    /// Answers a search.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn query(&self, query: &SearchQuery) -> Result<SearchResult, Error> {
        find::find(&self.snapshot(), self.fields, query)
    }

    /// The ids of products whose names have all the words typed so far, the last of which may
    /// be unfinished; best first. `region` is the buyer's, none means no limit; at most
    /// [`SearchQuery::MAX_LIMIT`] are given.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn suggest(
        &self,
        text: &str,
        region: Option<&str>,
        limit: usize,
    ) -> Result<Vec<String>, Error> {
        find::suggest(&self.snapshot(), self.fields, text, region, limit)
    }

    /// Makes what was written visible, or takes back what failed.
    fn finish(&self, writer: &mut Writer, written: Result<(), Error>) -> Result<(), Error> {
        if let Err(error) = written {
            writer.engine.rollback()?;
            return Err(error);
        }
        self.reader.reload()?;
        let last = self.snapshot();
        let snapshot = Snapshot::open(self.reader.searcher(), self.fields, Some(&last))?;
        writer.known = known(&snapshot);
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    fn is_current(&self) -> Result<bool, Error> {
        let writer = self.writer();
        Ok(payload(writer.engine.index())?.is_none_or(|payload| payload.version == VERSION))
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        let snapshot = self.snapshot.read();
        Arc::clone(&snapshot.unwrap_or_else(PoisonError::into_inner))
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer {
    /// Whether a change would change anything.
    fn is_news(&self, kind: &ChangeKind) -> bool {
        let known = self.known.get(kind.product_id());
        match kind {
            ChangeKind::Remove(_) => known.is_some(),
            ChangeKind::Upsert(document) => known.is_none_or(|(version, fingerprint)| {
                document.version > *version
                    || (document.version == *version && document.fingerprint() != *fingerprint)
            }),
        }
    }

    fn write(&mut self, fields: Fields, kind: &ChangeKind) -> Result<(), Error> {
        self.engine
            .delete_term(Term::from_field_text(fields.id, kind.product_id()));
        if let ChangeKind::Upsert(document) = kind {
            self.engine.add_document(fields.document(document)?)?;
        }
        Ok(())
    }

    fn commit(&mut self, last_seq: i64) -> Result<(), Error> {
        let payload = serde_json::to_string(&Payload {
            version: VERSION,
            last_seq,
        })
        .map_err(|error| Error::Storage(error.to_string()))?;
        let mut commit = self.engine.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        self.last_seq = Some(last_seq);
        Ok(())
    }
}

/// A rebuild that has begun; dropped before [`Rebuild::finish`] it leaves everything as it was.
pub struct Rebuild<'a> {
    index: &'a Index,
    writer: MutexGuard<'a, Writer>,
    finished: bool,
}

impl Rebuild<'_> {
    /// Feeds one product on sale. Of a product that comes twice, the later one counts.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn add(&mut self, document: ProductDocument) -> Result<(), Error> {
        let change = ChangeKind::Upsert(Box::new(document));
        self.writer.write(self.index.fields, &change)
    }

    /// Makes the new state the index's. `last_seq` is the number up to which the changes of the
    /// catalogue are contained: read it before reading the products.
    ///
    /// # Errors
    /// When it can't be written; then the old state stays.
    pub fn finish(mut self, last_seq: i64) -> Result<(), Error> {
        self.finished = true;
        let written = self.writer.commit(last_seq);
        self.index.finish(&mut self.writer, written)
    }
}

impl Drop for Rebuild<'_> {
    fn drop(&mut self) {
        if !self.finished
            && let Err(error) = self.writer.engine.rollback()
        {
            tracing::error!(%error, "an unfinished rebuild of the search index can't be taken back");
        }
    }
}

fn engine_writer(engine: &Engine) -> Result<IndexWriter, Error> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(WRITER_MEMORY)
        .build();
    let writer = engine.writer_with_options(options)?;
    let mut merges = LogMergePolicy::default();
    merges.set_min_num_segments(4);
    merges.set_del_docs_ratio_before_merge(0.3);
    writer.set_merge_policy(Box::new(merges));
    Ok(writer)
}

/// What the last commit carried; none when there was no commit yet. A payload that can't be
/// read counts as one of another layout.
fn payload(engine: &Engine) -> Result<Option<Payload>, Error> {
    Ok(engine.load_metas()?.payload.map(|text| {
        serde_json::from_str(&text).unwrap_or(Payload {
            version: 0,
            last_seq: 0,
        })
    }))
}

fn known(snapshot: &Snapshot) -> HashMap<Arc<str>, (i64, u64)> {
    snapshot
        .rows()
        .map(|row| (Arc::clone(&row.product_id), (row.version, row.fingerprint)))
        .collect()
}
