//! A PDF that anybody may open and its owner alone may print or change (ISO 32000-1, 7.6; ISO 32000-2, 7.6): it is locked with the
//! empty password, so that it can be looked into as every reader opens it. One that asks for a password stays shut.

use std::collections::BTreeMap;

use aes::{
    Aes128, Aes256,
    cipher::{BlockModeDecrypt, BlockModeEncrypt, Iv, Key, KeyInit, KeyIvInit, StreamCipher, block_padding::NoPadding},
};
use md5::Md5;
use rc4::Rc4;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{
    budget::JudgeBudget,
    lock_dictionary::{LockDictionary, LockValue},
    name::{Name, is_blank},
    unfit::FileFlaw,
};

/// What stands in for a password, or fills it up (ISO 32000-1, algorithm 2).
const PADDING: [u8; 32] = *b"\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\
                             \x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A";
/// A block of AES, and what is drawn before a text that is packed in it.
const BLOCK: usize = 16;
/// More rounds than the strongest rule of locking can ask: it ends once the last byte of a round is no more than its number less 32.
const ROUNDS_MAX: usize = 64 + 256 + 32;
/// A number of a PDF's object has so many digits at most.
const NUMBER_DIGITS_MAX: usize = 10;

/// With what streams are locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cipher {
    /// They are not.
    Plain,
    Rc4,
    /// With a key of each object's own.
    Aes128,
    /// With the file's key.
    Aes256,
}

/// The name of an object: its number and generation.
pub type ObjectName = (u32, u16);

/// An opened lock.
pub struct PdfLock {
    key: Vec<u8>,
    cipher: Cipher,
    /// Objects that are numbers: how long a stream is may stand in one.
    numbers: BTreeMap<u32, u64>,
}

impl PdfLock {
    /// Opens a PDF with the empty password.
    ///
    /// # Errors
    /// `Encrypted` if it opens with none, or is locked in another way than the standard's; or that this would cost too much.
    pub fn open(bytes: &[u8], budget: &mut JudgeBudget<'_>) -> Result<Self, FileFlaw> {
        budget.read(bytes.len() * 2)?;
        let said = dictionary_of(bytes).ok_or(FileFlaw::Encrypted)?;
        let ids = first_ids(bytes);
        let key = ids.iter().find_map(|id| said.key(id)).ok_or(FileFlaw::Encrypted)?;
        let cipher = said.cipher().ok_or(FileFlaw::Encrypted)?;
        budget.read(bytes.len())?;
        Ok(Self { key, cipher, numbers: numbers(bytes) })
    }

    /// The number that an object is, if it is one.
    pub fn number(&self, object: u32) -> Option<u64> {
        self.numbers.get(&object).copied()
    }

    /// A stream of an object, unlocked; nothing, where it is not locked.
    pub fn unlocked(&self, (number, generation): ObjectName, data: &[u8]) -> Option<Vec<u8>> {
        let own_key = |salt: &[u8]| {
            let mut hash = Md5::new();
            hash.update(&self.key);
            hash.update(&number.to_le_bytes()[..3]);
            hash.update(&generation.to_le_bytes()[..2]);
            hash.update(salt);
            hash.finalize()[..(self.key.len() + 5).min(BLOCK)].to_vec()
        };
        match self.cipher {
            Cipher::Plain => None,
            Cipher::Rc4 => Some(rc4(&own_key(b""), data)),
            Cipher::Aes128 => unblocked(data, |iv, blocks| decrypt_128(&own_key(b"sAlT"), iv, blocks)),
            Cipher::Aes256 => unblocked(data, |iv, blocks| decrypt_256(&self.key, iv, blocks)),
        }
    }
}

/// What is said of the lock.
struct LockTerms<'a>(LockDictionary<'a>);

impl LockTerms<'_> {
    fn number(&self, name: &[u8]) -> Option<i64> {
        match self.0.value(name)? {
            LockValue::Number(number) => Some(number),
            LockValue::Text(_) | LockValue::Name(_) | LockValue::Word(_) | LockValue::Dictionary(_) => None,
        }
    }

    fn text(&self, name: &[u8], length: usize) -> Option<Vec<u8>> {
        match self.0.value(name)? {
            LockValue::Text(text) => text.get(..length).map(<[u8]>::to_vec),
            LockValue::Number(_) | LockValue::Name(_) | LockValue::Word(_) | LockValue::Dictionary(_) => None,
        }
    }

    fn name(&self, name: &[u8]) -> Option<Vec<u8>> {
        match self.0.value(name)? {
            LockValue::Name(name) => Some(name),
            LockValue::Number(_) | LockValue::Text(_) | LockValue::Word(_) | LockValue::Dictionary(_) => None,
        }
    }

    /// How streams are locked.
    fn cipher(&self) -> Option<Cipher> {
        match self.number(b"V")? {
            1 | 2 => Some(Cipher::Rc4),
            4 | 5 => {
                let of_streams = self.name(b"StmF").unwrap_or_else(|| b"Identity".to_vec());
                if of_streams == b"Identity" {
                    return Some(Cipher::Plain);
                }
                let LockValue::Dictionary(all) = self.0.value(b"CF")? else { return None };
                let LockValue::Dictionary(own) = LockDictionary(all).value(&of_streams)? else { return None };
                let LockValue::Name(method) = LockDictionary(own).value(b"CFM")? else { return None };
                match method.as_slice() {
                    b"V2" => Some(Cipher::Rc4),
                    b"AESV2" => Some(Cipher::Aes128),
                    b"AESV3" => Some(Cipher::Aes256),
                    b"None" => Some(Cipher::Plain),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The key of the file, if the empty password opens it.
    fn key(&self, id: &[u8]) -> Option<Vec<u8>> {
        if self.name(b"Filter")? != b"Standard" {
            return None;
        }
        match self.number(b"R")? {
            2 => self.older_key(id, 2),
            3 => self.older_key(id, 3),
            4 => self.older_key(id, 4),
            5 => self.newer_key(|salt| Some(Sha256::digest(salt).to_vec())),
            6 => self.newer_key(hardened),
            _ => None,
        }
    }

    /// ISO 32000-1, algorithms 2, 4 and 5.
    fn older_key(&self, id: &[u8], revision: u8) -> Option<Vec<u8>> {
        let length = if revision == 2 { 5 } else { self.key_length()? };
        let permissions = self.number(b"P")?;
        let mut hash = Md5::new();
        hash.update(PADDING);
        hash.update(self.text(b"O", 32)?);
        hash.update(&permissions.to_le_bytes()[..4]);
        hash.update(id);
        let leaves_metadata =
            matches!(self.0.value(b"EncryptMetadata"), Some(LockValue::Word(word)) if word == b"false");
        if revision == 4 && leaves_metadata {
            hash.update([0xff; 4]);
        }
        let mut key = hash.finalize().to_vec();
        if revision > 2 {
            for _ in 0..50 {
                key = Md5::digest(&key[..length]).to_vec();
            }
        }
        key.truncate(length);
        let (kept, proof) = if revision == 2 {
            (self.text(b"U", 32)?, rc4(&key, &PADDING))
        } else {
            let mut proof = Md5::new().chain_update(PADDING).chain_update(id).finalize().to_vec();
            for round in 0..20_u8 {
                let turned: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
                proof = rc4(&turned, &proof);
            }
            (self.text(b"U", 16)?, proof)
        };
        (kept == proof).then_some(key)
    }

    /// In bytes; 40 bits where nothing is said.
    fn key_length(&self) -> Option<usize> {
        if self.number(b"V")? == 4 {
            return Some(BLOCK);
        }
        let bits = self.number(b"Length").unwrap_or(40);
        usize::try_from(bits / 8).ok().filter(|bytes| (5..=BLOCK).contains(bytes))
    }

    /// ISO 32000-2, algorithms 2.A and 11.
    fn newer_key(&self, hash: impl Fn(&[u8]) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        let kept = self.text(b"U", 48)?;
        if hash(&kept[32..40])? != kept[..32] {
            return None;
        }
        let mut key = self.text(b"UE", 32)?;
        decrypt_256(&hash(&kept[40..48])?, &[0; BLOCK], &mut key)?;
        Some(key)
    }
}

/// ISO 32000-2, algorithm 2.B, of the empty password.
fn hardened(salt: &[u8]) -> Option<Vec<u8>> {
    let mut key = Sha256::digest(salt).to_vec();
    for round in 0..ROUNDS_MAX {
        let mut text = key.repeat(64);
        let length = text.len();
        let sealer = cbc::Encryptor::<Aes128>::new_from_slices(&key[..BLOCK], &key[BLOCK..2 * BLOCK]).ok()?;
        sealer.encrypt_padded::<NoPadding>(&mut text, length).ok()?;
        let rest = text[..BLOCK].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3;
        key = match rest {
            0 => Sha256::digest(&text).to_vec(),
            1 => Sha384::digest(&text).to_vec(),
            _ => Sha512::digest(&text).to_vec(),
        };
        let last = usize::from(*text.last()?);
        if round >= 63 && last + 32 <= round + 1 {
            key.truncate(32);
            return Some(key);
        }
    }
    None
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut text = data.to_vec();
    if let Ok(mut stream) = Rc4::new_from_slice(key) {
        stream.apply_keystream(&mut text);
    }
    text
}

/// What stands behind the first block, in whole blocks.
fn unblocked(data: &[u8], decrypt: impl Fn(&[u8], &mut [u8]) -> Option<()>) -> Option<Vec<u8>> {
    let (iv, rest) = data.split_at_checked(BLOCK)?;
    let mut text = rest[..rest.len() / BLOCK * BLOCK].to_vec();
    decrypt(iv, &mut text)?;
    Some(text)
}

fn decrypt_128(key: &[u8], iv: &[u8], blocks: &mut [u8]) -> Option<()> {
    let (key, iv) =
        (Key::<cbc::Decryptor<Aes128>>::try_from(key).ok()?, Iv::<cbc::Decryptor<Aes128>>::try_from(iv).ok()?);
    cbc::Decryptor::<Aes128>::new(&key, &iv).decrypt_padded::<NoPadding>(blocks).ok().map(drop)
}

fn decrypt_256(key: &[u8], iv: &[u8], blocks: &mut [u8]) -> Option<()> {
    let (key, iv) =
        (Key::<cbc::Decryptor<Aes256>>::try_from(key).ok()?, Iv::<cbc::Decryptor<Aes256>>::try_from(iv).ok()?);
    cbc::Decryptor::<Aes256>::new(&key, &iv).decrypt_padded::<NoPadding>(blocks).ok().map(drop)
}

/// Where each name of a PDF begins behind its slash, with the name.
fn all_names(bytes: &[u8]) -> impl Iterator<Item = (usize, Name)> + '_ {
    let slashes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes.map(|(at, _)| (at + 1, Name::at(&bytes[at + 1..])))
}

/// The one dictionary that says how the file is locked. Where there are several, nobody knows which one a reader takes.
fn dictionary_of(bytes: &[u8]) -> Option<LockTerms<'_>> {
    let mut found: Option<&[u8]> = None;
    for (at, name) in all_names(bytes).filter(|(_, name)| name.letters() == b"Encrypt") {
        let rest = trimmed(&bytes[at + name.written..]);
        let dictionary = if rest.starts_with(b"<<") { rest } else { object_named(bytes, reference(rest)?)? };
        if found.is_some_and(|other| !std::ptr::eq(other.as_ptr(), dictionary.as_ptr())) {
            return None;
        }
        found = Some(dictionary);
    }
    found.map(|bytes| LockTerms(LockDictionary(bytes)))
}

/// The first half of every identity that the file says it has.
fn first_ids(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    for (at, name) in all_names(bytes).filter(|(_, name)| name.letters() == b"ID") {
        let rest = trimmed(&bytes[at + name.written..]);
        let text = rest.strip_prefix(b"[").and_then(|rest| LockValue::text_at(trimmed(rest)));
        all.extend(text.filter(|text| !all.contains(text) && all.len() < 2));
    }
    // The newer rules ask for none.
    if all.is_empty() { vec![Vec::new()] } else { all }
}

/// What stands behind the head of the one object of this name.
fn object_named(bytes: &[u8], wanted: ObjectName) -> Option<&[u8]> {
    let mut bodies = heads(bytes).filter(|(name, _)| *name == wanted).map(|(_, body)| trimmed(&bytes[body..]));
    let only = bodies.next()?;
    bodies.next().is_none().then_some(only)
}

/// The objects of a file: their names, and where each begins behind its head.
fn heads(bytes: &[u8]) -> impl Iterator<Item = (ObjectName, usize)> + '_ {
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'j').map(|(at, _)| at + 1);
    ends.filter_map(|end| Some((object_before(&bytes[..end])?, end)))
}

/// The objects that are a number; of several under one name the largest.
fn numbers(bytes: &[u8]) -> BTreeMap<u32, u64> {
    let mut all = BTreeMap::new();
    for ((number, _), body) in heads(bytes) {
        if let Some((value, _)) = digits(trimmed(&bytes[body..])) {
            let kept = all.entry(number).or_insert(value);
            *kept = value.max(*kept);
        }
    }
    all
}

/// The object whose head ends here: `12 0 obj`.
pub fn object_before(until: &[u8]) -> Option<ObjectName> {
    let rest = until.strip_suffix(b"obj")?;
    let (rest, generation) = digits_before(rest)?;
    let (_, number) = digits_before(rest)?;
    Some((u32::try_from(number).ok()?, u16::try_from(generation).ok()?))
}

fn digits_before(bytes: &[u8]) -> Option<(&[u8], u64)> {
    let end = bytes.len() - bytes.iter().rev().take(BLOCK).take_while(|byte| is_blank(**byte)).count();
    let count = bytes[..end].iter().rev().take(NUMBER_DIGITS_MAX).take_while(|byte| byte.is_ascii_digit()).count();
    let (rest, number) = bytes[..end].split_at(end - count);
    Some((rest, std::str::from_utf8(number).ok()?.parse().ok()?))
}

/// A reference to an object: `12 0 R`.
pub fn reference(bytes: &[u8]) -> Option<ObjectName> {
    let (number, rest) = digits(bytes)?;
    let (generation, rest) = digits(trimmed(rest))?;
    let is_one = trimmed(rest).first() == Some(&b'R');
    is_one.then_some((u32::try_from(number).ok()?, u16::try_from(generation).ok()?))
}

/// The number with which the bytes begin, and what follows.
pub fn digits(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let count = bytes.iter().take(NUMBER_DIGITS_MAX).take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = bytes.split_at(count);
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, rest))
}

/// Without the blanks at its beginning.
pub fn trimmed(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.iter().take(64).take_while(|byte| is_blank(**byte)).count()..]
}
