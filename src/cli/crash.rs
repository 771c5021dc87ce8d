//! Turns a panic into an error with a message and a hint.
//!
//! In: work that may panic, as the reading of a damaged index does deep inside the
//! engine. Out: its result, or an error. `RUST_BACKTRACE=1` shows where it was.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, take_hook};

use crate::error::{Error, ErrorKind};

/// Runs `work`; a panic in it, or in a thread that it waits for, is an error.
///
/// What `work` was changing must not be used afterwards.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    if std::env::var_os("RUST_BACKTRACE").is_none_or(|value| value == "0") {
        // What the usual hook prints is for programmers.
        drop(take_hook());
        std::panic::set_hook(Box::new(|_| {}));
    }
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let message = format!("the program failed unexpectedly: {}", reason(&*payload));
        Error::new(ErrorKind::IndexDamaged, message).with_hint(
            "the index may be damaged; rebuild it: search index --rebuild (RUST_BACKTRACE=1 tells more)",
        )
    })
}

fn reason(payload: &(dyn Any + Send)) -> &str {
    let owned = || payload.downcast_ref::<String>().map(String::as_str);
    let fixed = payload.downcast_ref::<&str>().copied();
    fixed.or_else(owned).unwrap_or("unknown reason")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_whatever_their_type() {
        assert_eq!(reason(&"fixed"), "fixed");
        assert_eq!(reason(&"owned".to_owned()), "owned");
        assert_eq!(reason(&7), "unknown reason");
    }
}
