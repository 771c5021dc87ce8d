//! What is known of a file while its parts come in.

use std::collections::BTreeMap;

use super::feed::FileToIndex;
use crate::engine::embedded::FileOutcome;
use crate::error::{Problem, ProblemKind};

/// Problems of a file that are written to the index together.
const BLOCK_PROBLEMS: usize = 1000;

/// Memory that they may take before that.
const BLOCK_BYTES: usize = 1 << 20;

/// A file while its parts come in.
pub(super) struct OpenFile {
    /// Articles of it that the index held before this run.
    pub(super) before: u64,
    /// Articles of it so far.
    pub(super) articles: u64,
    /// Whether the index is rid of what it held of the file.
    pub(super) is_cleared: bool,
    /// Whether this run has added a manifest.
    pub(super) has_manifest: bool,
    /// Whether it, or the rest of it, could not be read.
    pub(super) is_unreadable: bool,
    /// Problems that are in the index.
    pub(super) written_problems: u64,
    counts: BTreeMap<ProblemKind, u64>,
    block: Vec<Problem>,
    block_bytes: usize,
}

impl OpenFile {
    pub(super) fn of(file: &FileToIndex) -> Self {
        Self {
            before: file.known.map_or(0, |known| known.articles),
            articles: 0,
            is_cleared: false,
            has_manifest: false,
            is_unreadable: false,
            written_problems: 0,
            counts: BTreeMap::new(),
            block: Vec::new(),
            block_bytes: 0,
        }
    }

    /// Keeps a problem; says whether it is time to write those that are kept.
    pub(super) fn note(&mut self, problem: Problem) -> bool {
        self.is_unreadable |= problem.kind == ProblemKind::Unreadable;
        *self.counts.entry(problem.kind).or_default() += 1;
        self.block_bytes += problem.memory_bytes();
        self.block.push(problem);
        self.block.len() >= BLOCK_PROBLEMS || self.block_bytes >= BLOCK_BYTES
    }

    /// The problems that are not in the index yet.
    pub(super) fn take_block(&mut self) -> Vec<Problem> {
        self.block_bytes = 0;
        std::mem::take(&mut self.block)
    }

    /// Whether the index holds anything of what this run read.
    pub(super) fn is_begun(&self) -> bool {
        self.articles > 0 || self.written_problems > 0
    }

    /// What came of it so far.
    pub(super) fn outcome(&self, format: Option<&'static str>) -> FileOutcome {
        FileOutcome {
            format: format.map(str::to_owned),
            problems: self.counts.clone(),
        }
    }
}
