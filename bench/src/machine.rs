//! On which machine it was measured, and what else it was doing.

use std::{fs, process::Command};

/// Cores, memory and kernel in one line.
pub fn described() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|(_, name)| name);
    let cores = cores();
    let memory = read("/proc/meminfo");
    let kib = memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse().ok());
    let gib = kib.unwrap_or(0_u64) / 1024 / 1024;
    let kernel = read("/proc/sys/kernel/osrelease");
    format!("{cores} cores of {}, {gib} GiB, Linux {}", model.unwrap_or("an unknown processor"), kernel.trim())
}

/// How busy it was.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let three: Vec<&str> = load.split_whitespace().take(3).collect();
    format!("load of the last 1, 5 and 15 minutes, the measurement included: {}\n", three.join(", "))
}

/// The thread that it was made on keeps to the last core as long as it lives, so that the load disturbs the server alike
/// in each run. Without `taskset` it roams.
pub struct CorePin {
    thread: Option<String>,
}

impl CorePin {
    /// From now on. Programs started meanwhile would be pinned too: start none.
    pub fn here() -> Self {
        let own = fs::read_link("/proc/thread-self").ok();
        let thread = own.and_then(|link| Some(link.file_name()?.to_str()?.to_owned()));
        let last = cores().saturating_sub(1);
        let thread = thread.filter(|thread| keeps_to(thread, &last.to_string()));
        if thread.is_none() {
            eprintln!("the load could not be pinned to one core");
        }
        Self { thread }
    }
}

impl Drop for CorePin {
    fn drop(&mut self) {
        if let Some(thread) = &self.thread {
            keeps_to(thread, &format!("0-{}", cores().saturating_sub(1)));
        }
    }
}

/// Lets this thread step back behind whatever else wants its core: who stands for people on machines of their own costs those
/// who are measured as little as can be.
pub fn step_back() {
    let own = fs::read_link("/proc/thread-self").ok();
    let thread = own.and_then(|link| Some(link.file_name()?.to_str()?.to_owned()));
    let is_back = thread.is_some_and(|thread| {
        let asked = Command::new("renice").args(["-n", "19", "-p", &thread]).output();
        asked.is_ok_and(|output| output.status.success())
    });
    if !is_back {
        eprintln!("a load could not be put behind the others");
    }
}

/// All of them, also where the thread that asks is pinned to one.
fn cores() -> usize {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    cpu.lines().filter(|line| line.starts_with("processor")).count()
}

fn keeps_to(thread: &str, cores: &str) -> bool {
    let set = Command::new("taskset").args(["-c", "-p", cores, thread]).output();
    set.is_ok_and(|output| output.status.success())
}
