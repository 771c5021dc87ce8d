//! Starts the threads of a run, each under the name of its stage, by which system
//! tools tell them apart.

use std::thread::{Builder, Scope, ScopedJoinHandle};

use crate::error::{Error, ErrorKind, Result};

/// Starts a thread that ends before the scope does.
///
/// # Errors
///
/// [`ErrorKind::Io`] if the system allows no more threads.
pub(super) fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    stage: &str,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>> {
    let thread = Builder::new().name(stage.to_owned());
    thread.spawn_scoped(scope, work).map_err(|cause| {
        let message = format!("cannot start a thread: {cause}");
        Error::new(ErrorKind::Io, message).with_hint("try fewer with --threads 1")
    })
}
