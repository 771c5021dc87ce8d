//! Tests of quotations.
