//! Has the program built anew when a profile is added to its folder: nobody keeps a list of them.

fn main() {
    println!("cargo::rerun-if-changed=profiles");
}
