//! Messages with and without their control characters.
