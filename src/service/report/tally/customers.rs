//! Which customers belong to leads of which classes, found by the number of the customer. Reads nothing.

/// The classes of each customer; numbers are given one after the other, so that a list by number is short.
#[derive(Debug, Default)]
pub(super) struct Customers {
    /// Where the classes of the customer of this number begin; those of the next one follow.
    starts: Vec<usize>,
    classes: Vec<u32>,
}

impl Customers {
    /// Out of pairs of a customer and a class, in any order and as often as they occur.
    pub fn new(pairs: &[(i64, u32)]) -> Self {
        let places = || pairs.iter().filter_map(|(customer, class)| Some((usize::try_from(*customer).ok()?, *class)));
        let Some(last) = places().map(|(place, _)| place).max() else { return Self::default() };
        // counted, then each set from the end of its stretch down, so that the ends become the starts
        let mut starts = vec![0; last + 2];
        places().for_each(|(place, _)| starts[place] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut classes = vec![0; sum];
        for (place, class) in places() {
            starts[place] -= 1;
            classes[starts[place]] = class;
        }
        // each class of a customer once: a large one has many leads
        let mut kept = 0;
        for place in 0..=last {
            let (from, to) = (starts[place], starts[place + 1]);
            classes[from..to].sort_unstable();
            starts[place] = kept;
            for at in from..to {
                if kept == starts[place] || classes[kept - 1] != classes[at] {
                    classes[kept] = classes[at];
                    kept += 1;
                }
            }
        }
        starts[last + 1] = kept;
        classes.truncate(kept);
        Self { starts, classes }
    }

    /// The classes of a customer, each once.
    pub fn classes(&self, customer: Option<i64>) -> &[u32] {
        let place = customer.and_then(|customer| usize::try_from(customer).ok());
        match place.and_then(|place| Some((*self.starts.get(place)?, *self.starts.get(place + 1)?))) {
            Some((from, to)) => &self.classes[from..to],
            None => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Customers;

    #[test]
    fn each_customer_has_its_classes_once() {
        let customers = Customers::new(&[(5, 2), (1, 7), (5, 0), (-3, 1), (5, 2)]);
        let of = |customer| customers.classes(Some(customer));
        assert_eq!((of(1), of(5), of(0), of(2), of(6), of(-3)), (&[7][..], &[0, 2][..], &[][..], &[][..], &[][..], &[][..]));
        assert!(customers.classes(None).is_empty() && Customers::new(&[]).classes(Some(0)).is_empty());
    }
}
