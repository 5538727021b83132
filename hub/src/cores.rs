//! Work shared among all cores, for a start that has many offices before it.

use anyhow::anyhow;

/// Has each core do a share of the items; gives what came of them in their order.
///
/// # Errors
/// The first that a share gave, in the order of the items.
pub fn share_out<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&[T]) -> anyhow::Result<Vec<R>> + Sync,
) -> anyhow::Result<Vec<R>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = items.len().div_ceil(cores).max(1);
    if share >= items.len() {
        return work(items);
    }
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = items.chunks(share).map(|share| scope.spawn(move || work(share))).collect();
        let mut done = Vec::with_capacity(items.len());
        for thread in threads {
            done.extend(thread.join().map_err(|_| anyhow!("a thread broke at the start"))??);
        }
        Ok(done)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_done_in_its_order_and_the_first_error_is_told() {
        let items: Vec<u32> = (0..1_000).collect();
        let doubled = share_out(&items, |share| Ok(share.iter().map(|item| item * 2).collect()));
        assert_eq!(doubled.unwrap(), (0..1_000).map(|item| item * 2).collect::<Vec<_>>());
        let refused = share_out(&items, |share| -> anyhow::Result<Vec<u32>> { Err(anyhow!("from {}", share[0])) });
        assert_eq!(refused.unwrap_err().to_string(), "from 0");
        assert_eq!(share_out(&[], |share: &[u32]| Ok(share.to_vec())).unwrap(), Vec::<u32>::new());
    }
}
