//! Matrices that place text on a page.
//!
//! In: the six numbers of a matrix. Out: where a run of text starts and ends.

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    a: f32,
    b: f32,
    c: f32,
    d: f32,
    e: f32,
    f: f32,
}

/// A run of text along its line, the page turned so that this runs to the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    /// Quarter turns of the text, counter-clockwise.
    pub(super) turns: u8,
}

impl Run {
    /// Whether it has a place and a size that paper can have.
    pub(super) fn is_sound(&self) -> bool {
        const FARTHEST: f32 = 100_000.0;
        let places = [self.left, self.right, self.base];
        places.iter().all(|place| place.abs() < FARTHEST) && self.size > 0.1 && self.size < FARTHEST
    }
}

impl Matrix {
    pub(super) const IDENTITY: Self = Self {
        a: 1.0,
        b: 0.0,
        c: 0.0,
        d: 1.0,
        e: 0.0,
        f: 0.0,
    };

    /// The matrix of six numbers; of another count, the one that changes nothing.
    pub(super) fn of(numbers: &[f32]) -> Self {
        match *numbers {
            [a, b, c, d, e, f] => Self { a, b, c, d, e, f },
            _ => Self::IDENTITY,
        }
    }

    pub(super) fn shift(right: f32, up: f32) -> Self {
        Self {
            e: right,
            f: up,
            ..Self::IDENTITY
        }
    }

    /// This one first, then the other.
    pub(super) fn then(&self, next: &Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// The run from the origin that is `advance` long, in a font of a size.
    pub(super) fn run(&self, advance: f32, size: f32) -> Run {
        let (x, y) = (self.e, self.f);
        let (end_x, end_y) = (x + self.a * advance, y + self.b * advance);
        let size = (self.c.hypot(self.d) * size).abs();
        let (turns, left, right, base) = if self.a.abs() >= self.b.abs() {
            if self.a >= 0.0 {
                (0, x, end_x, y)
            } else {
                (2, -x, -end_x, -y)
            }
        } else if self.b > 0.0 {
            (1, y, end_y, -x)
        } else {
            (3, -y, -end_y, x)
        };
        Run {
            left,
            right,
            base,
            size,
            turns,
        }
    }
}
