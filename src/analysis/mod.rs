//! Text analysis (in the making).
