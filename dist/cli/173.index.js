export const id = 173;
export const ids = [173];
export const modules = {

/***/ 173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  archiveSource: () => (/* binding */ archiveSource)
});

// UNUSED EXPORTS: isZipOfItsOwn

// EXTERNAL MODULE: ./lib/core/bytes/limits.js
var limits = __webpack_require__(619);
// EXTERNAL MODULE: ./lib/core/bytes/reader.js
var bytes_reader = __webpack_require__(316);
// EXTERNAL MODULE: ./lib/core/formats/parsed.js
var parsed = __webpack_require__(191);
// EXTERNAL MODULE: ./lib/core/formats/zip/entries.js
var zip_entries = __webpack_require__(212);
// EXTERNAL MODULE: ./lib/core/formats/zip/fields.js
var zip_fields = __webpack_require__(743);
;// CONCATENATED MODULE: ./lib/core/formats/archive/extra.js
function findExtra(extra, id) {
    let field = null;
    let at = 0;
    while (at + 4 <= extra.length) {
        const end = at + 4 + u16(extra, at + 2);
        if (end > extra.length)
            return { field, isMalformed: true };
        if (field === null && u16(extra, at) === id)
            field = extra.subarray(at + 4, end);
        at = end;
    }
    return { field, isMalformed: false };
}
function u16(bytes, at) {
    return (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
}

// EXTERNAL MODULE: ./lib/core/formats/crc32.js
var crc32 = __webpack_require__(195);
;// CONCATENATED MODULE: ./lib/core/formats/archive/names.js


const UTF8_BIT = 1 << 11;
const UNICODE_PATH_ID = 0x7075;
const CODE_PAGE = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function decodeEntryName(bytes, flags, extra) {
    if ((flags & UTF8_BIT) !== 0)
        return decodeUtf8(bytes);
    return (unicodePath(bytes, extra) ?? decodeUtf8(bytes) ?? decodeCodePage(bytes));
}
function decodeUtf8(bytes) {
    try {
        return DECODER.decode(bytes);
    }
    catch {
        return null;
    }
}
function decodeCodePage(bytes) {
    return Array.from(bytes, (byte) => byte < 0x80 ? String.fromCharCode(byte) : CODE_PAGE.charAt(byte - 0x80)).join('');
}
function unicodePath(bytes, extra) {
    const { field } = extra.length === 0 ? NONE : findExtra(extra, UNICODE_PATH_ID);
    if (field === null || field.length < 5 || field[0] !== 1)
        return null;
    const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
    if (view.getUint32(1, true) !== (0,crc32/* crc32 */.Q)(bytes, 0) >>> 0)
        return null;
    return decodeUtf8(field.subarray(5));
}
const NONE = { field: null };
function toEntryPath(name) {
    const isFolder = name.endsWith('/');
    const path = isFolder ? name.slice(0, -1) : name;
    if (path.includes('\0') || path.includes('\\'))
        return null;
    if (/^[A-Za-z]:/.test(path))
        return null;
    if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path))
        return path;
    const segments = path.split('/');
    if (segments.some((one) => one === '' || one === '..'))
        return null;
    return segments.filter((one) => one !== '.').join('/');
}

;// CONCATENATED MODULE: ./lib/core/formats/archive/words.js
function grouped(value) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
function bytesWords(bytes) {
    return `${grouped(bytes)} byte${bytes === 1 ? '' : 's'}`;
}
function crcWords(crc32) {
    return (crc32 >>> 0).toString(16).padStart(8, '0');
}

;// CONCATENATED MODULE: ./lib/core/formats/archive/directory.js






const SIGNATURE = 0x02014b50;
const ZIP64_EXTRA_ID = 0x0001;
const ELSEWHERE = 0xffff_ffff;
const NO_DISK = 0xffff;
const UNIX_SYSTEMS = new Set([3, 19]);
function parseDirectory(bytes, end, fileBytes) {
    const view = (0,zip_fields/* viewOf */.du)(bytes);
    const entries = [];
    const faults = [];
    let at = 0;
    for (let index = 0; index < end.entries; index += 1) {
        const frame = parseFrame(bytes, view, at, { index, all: end.entries });
        if (!frame.ok)
            return frame;
        const entry = parseEntry(frame.value, faults);
        if (!entry.ok)
            return entry;
        const least = leastEnd(entry.value);
        if (least > fileBytes)
            return malformed('entry-beyond-file', `has ${bytesWords(fileBytes)}, and ${frame.value.words} is said to reach to byte ${grouped(least)}: it was cut, or joined from pieces of which one is missing`);
        entries.push(entry.value);
        at = frame.value.extraEnd + view.getUint16(frame.value.at + 32, true);
        if (at > bytes.length)
            return cut(index, end.entries, bytes);
    }
    if (at !== bytes.length)
        faults.push({ code: 'directory-inconsistent', name: '' });
    return (0,parsed/* parsed */.Y)({ entries, faults });
}
function leastEnd(entry) {
    const { offset, nameBytes, compressedBytes } = entry;
    return offset + zip_fields/* LOCAL_HEADER_BYTES */.q_ + nameBytes + compressedBytes;
}
function malformed(code, words) {
    return (0,parsed/* defective */.Q)({ code, words });
}
function cut(index, all, bytes) {
    return malformed('directory-truncated', `has a directory of ${bytesWords(bytes.length)} that ends within the ${grouped(index + 1)}. of ${grouped(all)} records`);
}
function parseFrame(bytes, view, at, { index, all }) {
    if (at + zip_entries/* DIRECTORY_RECORD_BYTES */.Y > bytes.length)
        return cut(index, all, bytes);
    const words = `the ${grouped(index + 1)}. of its ${grouped(all)} files`;
    if (view.getUint32(at, true) !== SIGNATURE)
        return malformed('entry-invalid', `has something else in its directory where ${words} should be named`);
    const nameEnd = at + zip_entries/* DIRECTORY_RECORD_BYTES */.Y + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    if (extraEnd > bytes.length)
        return cut(index, all, bytes);
    return (0,parsed/* parsed */.Y)({ bytes, view, at, nameEnd, extraEnd, words });
}
function parseEntry(frame, faults) {
    const { bytes, view, at, nameEnd, extraEnd } = frame;
    const flags = view.getUint16(at + 8, true);
    const nameAt = at + zip_entries/* DIRECTORY_RECORD_BYTES */.Y;
    const extra = bytes.subarray(nameEnd, extraEnd);
    const name = decodeEntryName(bytes.subarray(nameAt, nameEnd), flags, extra);
    const zip64 = findExtra(extra, ZIP64_EXTRA_ID);
    const extent = parseExtent(view, at, zip64.field);
    if (extent === null)
        return malformed('entry-invalid', `does not say how large ${frame.words} is: the zip64 field is missing or too short`);
    const disk = view.getUint16(at + 34, true);
    if (zip64.isMalformed || (disk !== 0 && disk !== NO_DISK))
        faults.push({ code: 'directory-inconsistent', name: name ?? '' });
    return (0,parsed/* parsed */.Y)({
        name,
        nameAt,
        nameBytes: nameEnd - nameAt,
        version: view.getUint16(at + 6, true) & 0xff,
        flags,
        method: view.getUint16(at + 10, true),
        crc32: view.getUint32(at + 16, true),
        ...extent,
        mode: UNIX_SYSTEMS.has(view.getUint16(at + 4, true) >>> 8)
            ? view.getUint32(at + 38, true) >>> 16
            : 0,
    });
}
function parseExtent(view, at, field) {
    const wide = field === null ? null : (0,zip_fields/* viewOf */.du)(field);
    let next = 0;
    const take = (narrow) => {
        if (narrow !== ELSEWHERE)
            return narrow;
        if (wide === null || next + 8 > wide.byteLength)
            return null;
        next += 8;
        return (0,zip_fields/* readSafeU64 */.jj)(wide, next - 8);
    };
    const sizeBytes = take(view.getUint32(at + 24, true));
    const compressedBytes = take(view.getUint32(at + 20, true));
    const offset = take(view.getUint32(at + 42, true));
    return sizeBytes === null || compressedBytes === null || offset === null
        ? null
        : { sizeBytes, compressedBytes, offset };
}

// EXTERNAL MODULE: ./lib/core/formats/zip/end-record.js
var end_record = __webpack_require__(31);
;// CONCATENATED MODULE: ./lib/core/formats/archive/end-records.js






const LOCATOR_BYTES = 20;
const LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_RECORD_BYTES = 56;
const ZIP64_RECORD_SIGNATURE = 0x06064b50;
const ELSEWHERE_16 = 0xffff;
const ELSEWHERE_32 = 0xffff_ffff;
async function readEndRecords(read, fileBytes) {
    const found = await findEnd(read, fileBytes);
    if (found === null)
        return (0,parsed/* defective */.Q)(await missingEnd(read, fileBytes));
    const { at, record } = found;
    const view = (0,zip_fields/* viewOf */.du)(record);
    const commentBytes = view.getUint16(20, true);
    const beyond = fileBytes - at - end_record/* END_RECORD_BYTES */.M - commentBytes;
    if (beyond < 0)
        return end_records_malformed('truncated', `ends ${bytesWords(-beyond)} before its comment of ${bytesWords(commentBytes)} does: it was cut`);
    const classic = classicFields(view, at);
    const zip64 = await readZip64(read, at, fileBytes);
    if (!zip64.ok)
        return zip64;
    const fields = zip64.value ?? classic;
    const defect = checkFields(fields, fileBytes);
    if (defect !== null)
        return (0,parsed/* defective */.Q)(defect);
    const { entries, directoryOffset, directoryBytes } = fields;
    const isInconsistent = beyond > 0 ||
        !found.isLast ||
        directoryOffset + directoryBytes !== fields.start ||
        (zip64.value === null ? isElsewhere(classic) : differs(classic, fields));
    const faults = isInconsistent
        ? [{ code: 'directory-inconsistent', name: '' }]
        : [];
    return (0,parsed/* parsed */.Y)({ entries, directoryOffset, directoryBytes, faults });
}
function end_records_malformed(code, words) {
    return (0,parsed/* defective */.Q)({ code, words });
}
async function findEnd(read, fileBytes) {
    for (const tailBytes of [limits/* ARCHIVE_EDGE_BYTES */.B9, limits/* ZIP_TAIL_MAX_BYTES */.MY]) {
        const start = Math.max(0, fileBytes - tailBytes);
        const tail = await read(start, fileBytes - start);
        const found = searchEnd(tail);
        if (found !== null)
            return { ...found, at: start + found.at };
        if (start === 0)
            break;
    }
    return null;
}
function searchEnd(tail) {
    let last = null;
    const found = (at) => ({
        at,
        record: tail.slice(at, at + end_record/* END_RECORD_BYTES */.M),
        isLast: at === last,
    });
    for (let at = tail.length - end_record/* END_RECORD_BYTES */.M; at >= 0; at -= 1) {
        if (tail[at] !== 0x50 ||
            tail[at + 1] !== 0x4b ||
            tail[at + 2] !== 5 ||
            tail[at + 3] !== 6)
            continue;
        last ??= at;
        const commentBytes = (tail[at + 20] ?? 0) + 256 * (tail[at + 21] ?? 0);
        if (at + end_record/* END_RECORD_BYTES */.M + commentBytes === tail.length)
            return found(at);
    }
    return last === null ? null : found(last);
}
async function missingEnd(read, fileBytes) {
    if (fileBytes === 0)
        return { code: 'truncated', words: 'is empty: it has no bytes' };
    const head = await read(0, Math.min(4, fileBytes));
    const isArchive = head[0] === 0x50 && head[1] === 0x4b;
    const size = bytesWords(fileBytes);
    if (!isArchive)
        return {
            code: 'not-an-archive',
            words: `is no zip file: its ${size} neither begin nor end as one`,
        };
    const start = Math.max(0, fileBytes - limits/* ARCHIVE_EDGE_BYTES */.B9);
    const tail = await read(start, fileBytes - start);
    const zeros = tail.length - 1 - tail.findLastIndex((byte) => byte !== 0);
    const why = zeros >= end_record/* END_RECORD_BYTES */.M
        ? `its last ${bytesWords(zeros)} are zero and were never written`
        : 'it was cut';
    return {
        code: 'truncated',
        words: `has ${size} and no directory at their end, without which its files cannot be told apart: ${why}`,
    };
}
function classicFields(view, at) {
    return {
        disks: [view.getUint16(4, true), view.getUint16(6, true)],
        entriesOnDisk: view.getUint16(8, true),
        entries: view.getUint16(10, true),
        directoryBytes: view.getUint32(12, true),
        directoryOffset: view.getUint32(16, true),
        start: at,
    };
}
async function readZip64(read, endAt, fileBytes) {
    const locatorAt = endAt - LOCATOR_BYTES;
    if (locatorAt < 0)
        return (0,parsed/* parsed */.Y)(null);
    const locator = (0,zip_fields/* viewOf */.du)(await read(locatorAt, LOCATOR_BYTES));
    if (locator.getUint32(0, true) !== LOCATOR_SIGNATURE)
        return (0,parsed/* parsed */.Y)(null);
    const at = (0,zip_fields/* readSafeU64 */.jj)(locator, 8);
    const disks = locator.getUint32(16, true);
    if (at === null || at > locatorAt - ZIP64_RECORD_BYTES)
        return end_records_malformed('end-record-invalid', `names byte ${at === null ? 'above 2^53' : grouped(at)} of ${grouped(fileBytes)} for its zip64 record, which does not fit there`);
    const view = (0,zip_fields/* viewOf */.du)(await read(at, ZIP64_RECORD_BYTES));
    if (view.getUint32(0, true) !== ZIP64_RECORD_SIGNATURE)
        return end_records_malformed('end-record-invalid', `has no zip64 record at byte ${grouped(at)}, where its end says that it is`);
    return parseZip64(view, at, { locatorAt, disks });
}
function parseZip64(view, at, locator) {
    const recordBytes = (0,zip_fields/* readSafeU64 */.jj)(view, 4);
    const entriesOnDisk = (0,zip_fields/* readSafeU64 */.jj)(view, 24);
    const entries = (0,zip_fields/* readSafeU64 */.jj)(view, 32);
    const directoryBytes = (0,zip_fields/* readSafeU64 */.jj)(view, 40);
    const directoryOffset = (0,zip_fields/* readSafeU64 */.jj)(view, 48);
    if (recordBytes !== locator.locatorAt - at - 12 ||
        entriesOnDisk === null ||
        entries === null ||
        directoryBytes === null ||
        directoryOffset === null)
        return end_records_malformed('end-record-invalid', `has a zip64 record at byte ${grouped(at)} whose numbers cannot be`);
    return (0,parsed/* parsed */.Y)({
        disks: [
            view.getUint32(16, true),
            view.getUint32(20, true),
            Math.max(0, locator.disks - 1),
        ],
        entriesOnDisk,
        entries,
        directoryBytes,
        directoryOffset,
        start: at,
    });
}
function checkFields(fields, fileBytes) {
    const { entries, directoryBytes, directoryOffset } = fields;
    if (entries !== fields.entriesOnDisk ||
        fields.disks.some((disk) => disk !== 0))
        return {
            code: 'end-record-invalid',
            words: `is said to be one of several parts: ${grouped(fields.entriesOnDisk)} of ${grouped(entries)} files are in this one`,
        };
    if (directoryOffset + directoryBytes > fileBytes)
        return {
            code: 'directory-beyond-file',
            words: `has ${bytesWords(fileBytes)}, and its directory is said to take ${grouped(directoryBytes)} from byte ${grouped(directoryOffset)} on: part of it is not there`,
        };
    if (entries * zip_entries/* DIRECTORY_RECORD_BYTES */.Y > directoryBytes)
        return {
            code: 'directory-truncated',
            words: `is said to hold ${grouped(entries)} files, for which its directory of ${bytesWords(directoryBytes)} is too short`,
        };
    if (entries > limits/* ARCHIVE_MAX_ENTRIES */.FB)
        return {
            code: 'too-many-entries',
            words: `holds ${grouped(entries)} files; up to ${grouped(limits/* ARCHIVE_MAX_ENTRIES */.FB)} are listed`,
        };
    return directoryBytes > limits/* ZIP_DIRECTORY_MAX_BYTES */.Ve
        ? {
            code: 'directory-too-large',
            words: `has a directory of ${bytesWords(directoryBytes)}; up to ${grouped(limits/* ZIP_DIRECTORY_MAX_BYTES */.Ve)} are read`,
        }
        : null;
}
function isElsewhere({ entries, directoryBytes, directoryOffset }) {
    return (entries === ELSEWHERE_16 ||
        directoryBytes === ELSEWHERE_32 ||
        directoryOffset === ELSEWHERE_32);
}
function differs(classic, zip64) {
    const isOther = (narrow, wide, elsewhere) => narrow !== wide && narrow !== elsewhere;
    return (isOther(classic.entries, zip64.entries, ELSEWHERE_16) ||
        isOther(classic.entriesOnDisk, zip64.entriesOnDisk, ELSEWHERE_16) ||
        isOther(classic.directoryBytes, zip64.directoryBytes, ELSEWHERE_32) ||
        isOther(classic.directoryOffset, zip64.directoryOffset, ELSEWHERE_32));
}

;// CONCATENATED MODULE: ./lib/core/formats/archive/local-header.js




const local_header_SIGNATURE = 0x04034b50;
const DESCRIPTOR_BIT = 1 << 3;
const local_header_ELSEWHERE = 0xffff_ffff;
const local_header_ZIP64_EXTRA_ID = 0x0001;
const READING_BITS = 0b10_1000_0110_1001;
function localHeaderBytes(header) {
    const view = (0,zip_fields/* viewOf */.du)(header);
    return (zip_fields/* LOCAL_HEADER_BYTES */.q_ + view.getUint16(26, true) + view.getUint16(28, true));
}
function parseLocalHeader(header, entry, name) {
    const view = (0,zip_fields/* viewOf */.du)(header);
    if (view.getUint32(0, true) !== local_header_SIGNATURE)
        return differing(`header should begin at byte ${grouped(entry.offset)} of the archive, and something else is there`);
    const nameBytes = view.getUint16(26, true);
    const isSame = nameBytes === name.length &&
        name.every((byte, at) => header[zip_fields/* LOCAL_HEADER_BYTES */.q_ + at] === byte);
    if (!isSame)
        return differing('header has another name than the directory of the archive');
    const extra = header.subarray(zip_fields/* LOCAL_HEADER_BYTES */.q_ + nameBytes);
    const words = findDifference(view, entry, extra);
    return words === null ? (0,parsed/* parsed */.Y)(localHeaderBytes(header)) : differing(words);
}
function differing(words) {
    return (0,parsed/* defective */.Q)({ code: 'headers-differ', words });
}
function findDifference(view, entry, extra) {
    const flags = view.getUint16(6, true);
    const method = view.getUint16(8, true);
    if (method !== entry.method)
        return `header says that it is packed by method ${method}, and the directory by ${entry.method}`;
    if (((flags ^ entry.flags) & READING_BITS) !== 0)
        return `header has the flags ${flags}, and the directory of the archive ${entry.flags}: they differ in how it is to be read`;
    if ((flags & DESCRIPTOR_BIT) !== 0)
        return null;
    const crc32 = view.getUint32(14, true);
    if (crc32 !== entry.crc32)
        return `header states the checksum ${crcWords(crc32)}, and the directory ${crcWords(entry.crc32)}`;
    const sizes = readSizes(view, extra);
    if (sizes === null)
        return 'header does not say how large it is: the zip64 field is missing or too short';
    const { sizeBytes, compressedBytes } = sizes;
    return compressedBytes !== entry.compressedBytes ||
        sizeBytes !== entry.sizeBytes
        ? `header states ${bytesWords(sizeBytes)}, packed ${grouped(compressedBytes)}, and the directory ${grouped(entry.sizeBytes)}, packed ${grouped(entry.compressedBytes)}`
        : null;
}
function readSizes(view, extra) {
    const compressedBytes = view.getUint32(18, true);
    const sizeBytes = view.getUint32(22, true);
    if (compressedBytes !== local_header_ELSEWHERE && sizeBytes !== local_header_ELSEWHERE)
        return { sizeBytes, compressedBytes };
    const { field } = findExtra(extra, local_header_ZIP64_EXTRA_ID);
    if (field === null || field.length < 16)
        return null;
    const wide = (0,zip_fields/* viewOf */.du)(field);
    const [size, compressed] = [(0,zip_fields/* readSafeU64 */.jj)(wide, 0), (0,zip_fields/* readSafeU64 */.jj)(wide, 8)];
    if (size === null || compressed === null)
        return null;
    return {
        sizeBytes: sizeBytes === local_header_ELSEWHERE ? size : sizeBytes,
        compressedBytes: compressedBytes === local_header_ELSEWHERE ? compressed : compressedBytes,
    };
}

;// CONCATENATED MODULE: ./lib/core/formats/archive/members.js




const DEFLATE_MAX_RATIO = 1032;
const MAX_VERSION = 63;
const ENCRYPTED_BITS = 0b100_0001;
const PATCHED_BIT = 1 << 5;
const KIND_BITS = 0o170_000;
const NAME_KEPT_CHARACTERS = 200;
const NAMES_KEPT = 100;
function findMembers(entries, given) {
    const faults = faultList(given.faults);
    const byPath = new Map();
    for (const entry of entries) {
        const path = entry.name === null ? null : toEntryPath(entry.name);
        if (path === null)
            faults.add('unsafe-name', given.nameOf(entry));
        else
            addMember(byPath, memberOf(path, entry, faults), faults);
    }
    byPath.delete('');
    for (const path of findFileFolders(byPath)) {
        faults.add('file-and-folder', path);
        byPath.delete(path);
    }
    const limits = findLimits(entries, given.directoryOffset, (code, entry) => faults.add(code, given.nameOf(entry)));
    return { byPath, faults: faults.list(), limits };
}
function faultList(first) {
    const found = new Map();
    const add = (code, name) => {
        const fault = found.get(code) ?? { names: [], count: 0 };
        found.set(code, fault);
        fault.count += 1;
        if (name !== '' && fault.names.length < NAMES_KEPT)
            fault.names.push(name.slice(0, NAME_KEPT_CHARACTERS));
    };
    for (const { code, name } of first)
        add(code, name);
    return {
        add,
        list: () => [...found].map(([code, fault]) => ({ code, ...fault })),
    };
}
function addMember(byPath, member, faults) {
    const before = byPath.get(member.path);
    byPath.set(member.path, member);
    if (before === undefined)
        return;
    const isFolder = member.kind === 'folder';
    if (isFolder !== (before.kind === 'folder'))
        return faults.add('file-and-folder', member.path);
    const isSame = before.entry.crc32 === member.entry.crc32 &&
        before.entry.sizeBytes === member.entry.sizeBytes;
    if (isFolder && isSame)
        return;
    faults.add(isSame ? 'duplicate-name' : 'duplicate-differs', member.path);
}
function memberOf(path, entry, faults) {
    const isFolder = entry.name?.endsWith('/') === true || path === '';
    if (isFolder && entry.sizeBytes + entry.compressedBytes + entry.crc32 > 2)
        faults.add('directory-inconsistent', path);
    const unread = isFolder ? null : unreadReason(path, entry, faults);
    const damage = damageOf(path, entry, faults);
    const special = isFolder ? null : specialKind(entry.mode);
    if (unread !== null)
        return { path, kind: 'other', reason: unread, entry, damage };
    if (special !== null)
        return { path, ...special, entry, damage };
    const kind = isFolder ? 'folder' : 'file';
    return { path, kind, reason: null, entry, damage };
}
function unreadReason(path, { flags, method, version }, faults) {
    if ((flags & ENCRYPTED_BITS) !== 0) {
        faults.add('encrypted', path);
        return 'it is encrypted in the archive';
    }
    const isKnown = method === 0 || method === 8;
    if (isKnown && version <= MAX_VERSION && (flags & PATCHED_BIT) === 0)
        return null;
    faults.add('method-unknown', path);
    return isKnown
        ? `it asks for version ${version / 10} of the zip format`
        : `it is packed by method ${method} of the zip format; 0 (stored) and 8 (deflated) are read`;
}
function damageOf(path, { method, sizeBytes, compressedBytes }, faults) {
    if (method === 0 && sizeBytes !== compressedBytes) {
        faults.add('directory-inconsistent', path);
        return {
            code: 'size-differs',
            words: `content is stored as it is, and the archive says that it has ${bytesWords(sizeBytes)} and takes ${grouped(compressedBytes)}`,
        };
    }
    if (method === 8 && sizeBytes > compressedBytes * DEFLATE_MAX_RATIO)
        faults.add('ratio-absurd', path);
    return null;
}
function specialKind(mode) {
    switch (mode & KIND_BITS) {
        case 0o120_000:
            return {
                kind: 'symlink',
                reason: 'a link in an archive is not followed',
            };
        case 0o010_000:
        case 0o020_000:
        case 0o060_000:
        case 0o140_000:
            return { kind: 'other', reason: 'it is neither a file nor a folder' };
        default:
            return null;
    }
}
function findFileFolders(byPath) {
    const found = new Set();
    const known = new Set();
    for (const path of byPath.keys())
        for (const above of foldersAbove(path)) {
            if (known.has(above))
                break;
            known.add(above);
            const member = byPath.get(above);
            if (member !== undefined && member.kind !== 'folder')
                found.add(above);
        }
    return found;
}
function foldersAbove(path) {
    const folders = [];
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
        if (folders.length > limits/* WALK_MAX_DEPTH */.Ts)
            return [];
        folders.push(path.slice(0, at));
    }
    return folders.reverse();
}
function findLimits(entries, directoryOffset, onFault) {
    const limits = new Map();
    const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
    let reached = 0;
    inOrder.forEach((entry, at) => {
        const end = leastEnd(entry);
        if (entry.offset < reached)
            onFault('overlap', entry);
        else if (end > directoryOffset)
            onFault('beyond-directory', entry);
        reached = Math.max(reached, end);
        limits.set(entry, Math.max(end, inOrder[at + 1]?.offset ?? directoryOffset));
    });
    return limits;
}

;// CONCATENATED MODULE: ./lib/core/formats/archive/read.js





async function readArchive(read, fileBytes) {
    const end = await readEndRecords(read, fileBytes);
    if (!end.ok)
        return end;
    const { directoryOffset, directoryBytes } = end.value;
    const bytes = await read(directoryOffset, directoryBytes);
    const directory = parseDirectory(bytes, end.value, fileBytes);
    if (!directory.ok)
        return directory;
    const { entries, faults } = directory.value;
    const nameBytes = ({ nameAt, nameBytes }) => bytes.subarray(nameAt, nameAt + nameBytes);
    const lossy = new TextDecoder();
    const members = findMembers(entries, {
        directoryOffset,
        faults: [...end.value.faults, ...faults],
        nameOf: (entry) => entry.name ?? lossy.decode(nameBytes(entry)),
    });
    return (0,parsed/* parsed */.Y)({
        ...members,
        entries,
        contentStart: (header, entry) => parseLocalHeader(header, entry, nameBytes(entry)),
    });
}

;// CONCATENATED MODULE: ./lib/sources/archive/content.js





function spanOf({ archive }, { entry }, contentBytes) {
    const { offset: start, nameBytes } = entry;
    const content = Math.min(contentBytes, entry.compressedBytes);
    const end = start +
        zip_fields/* LOCAL_HEADER_BYTES */.q_ +
        nameBytes +
        limits/* ARCHIVE_EXTRA_SLACK_BYTES */.X_ +
        content;
    return { start, end: Math.min(end, archive.limits.get(entry) ?? end) };
}
function firstBytes({ entry }, wanted) {
    return entry.method === 0
        ? Math.max(wanted, limits/* ARCHIVE_READ_AHEAD_BYTES */.WA)
        : Math.max(limits/* DEFLATED_FIRST_BYTES */.Bc, Math.min(wanted, entry.compressedBytes));
}
async function locate(open, member, wanted) {
    const { offset, nameBytes } = member.entry;
    const headerBytes = zip_fields/* LOCAL_HEADER_BYTES */.q_ + nameBytes;
    if (!open.pieces.holds(offset, headerBytes)) {
        const span = spanOf(open, member, firstBytes(member, wanted));
        await open.pieces.fetch(span.start, span.end - span.start);
    }
    const fixed = await open.pieces.read(offset, headerBytes);
    const more = moreBytes(open, member, fixed);
    const header = more === 0 ? fixed : await open.pieces.read(offset, headerBytes + more);
    const start = startOf(open, member, header);
    return start.isDamaged ? damaged(open, member, start.damage) : start.at;
}
function moreBytes({ reader }, { entry }, header) {
    const more = localHeaderBytes(header) - header.length;
    return entry.offset + header.length + more <= reader.size
        ? Math.max(0, more)
        : 0;
}
function startOf({ archive }, { entry }, header) {
    const start = archive.contentStart(header, entry);
    if (!start.ok)
        return { isDamaged: true, damage: start.defect };
    const at = entry.offset + start.value;
    const limit = archive.limits.get(entry) ?? Infinity;
    if (at + entry.compressedBytes <= limit)
        return { isDamaged: false, at };
    const words = 'header is so long that its content would reach into what follows it in the archive';
    return { isDamaged: true, damage: { code: 'headers-differ', words } };
}
function damaged({ damages }, { path }, damage) {
    throw noteDamage(damages, path, damage);
}
function noteDamage(damages, path, damage) {
    const known = damages.get(path);
    if (known !== undefined)
        return known;
    const error = new bytes_reader/* DamagedError */.Me(damage, `its ${damage.words}`);
    damages.set(path, error);
    return error;
}
function sumOf(crc32, { entry }) {
    let bytes = 0;
    let crc = 0;
    return {
        add: (piece) => {
            bytes += piece.length;
            crc = crc32(piece, crc) >>> 0;
        },
        verdict: () => {
            if (bytes !== entry.sizeBytes)
                return sizeDamage(bytes, entry.sizeBytes);
            if (crc === entry.crc32)
                return null;
            return {
                code: 'crc-differs',
                words: `content has the checksum ${crcWords(crc)} (CRC-32), and the archive promises ${crcWords(entry.crc32)}`,
            };
        },
    };
}
function sizeDamage(found, stated) {
    const words = found > stated
        ? `content is longer than the ${bytesWords(stated)} that the archive promises`
        : `content ends after ${bytesWords(found)}, and the archive promises ${bytesWords(stated)}`;
    return { code: 'size-differs', words };
}
function checkRange(size, start, length) {
    if (start < 0 || length < 0 || start + length > size)
        throw new bytes_reader/* SourceError */.c8('SHORT_READ', `${length} bytes from byte ${start} on were asked for, and there are ${size}`);
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(522);
// EXTERNAL MODULE: ./lib/sources/heap.js
var heap = __webpack_require__(130);
;// CONCATENATED MODULE: ./lib/sources/plain-bytes.js
function plainBytes(bytes) {
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

;// CONCATENATED MODULE: ./lib/sources/archive/inflate.js




const LARGE_BYTES = 16 * limits/* INFLATE_CHUNK_BYTES */.k4;
const LEAST_CHUNK_BYTES = 64;
class InflateError extends Error {
}
async function* inflate(pieces, { sizeBytes, compressedBytes }) {
    if (sizeBytes === 0 && compressedBytes === 0)
        return;
    if (sizeBytes > LARGE_BYTES)
        (0,heap/* holdBuffers */.Hu)();
    const source = pieces[Symbol.asyncIterator]();
    const engine = startEngine(sizeBytes);
    let inflated = 0;
    try {
        for (;;) {
            const bytes = engine.read();
            if (bytes !== null) {
                yield bytes;
                inflated += bytes.length;
                if (inflated > sizeBytes)
                    return;
            }
            else if (engine.isOver())
                break;
            else if (engine.isIdle())
                await engine.write(await source.next());
            else
                await engine.news();
        }
        if (engine.taken() !== compressedBytes)
            throw new InflateError(`ends after ${engine.taken()} of ${compressedBytes} compressed bytes`);
    }
    finally {
        engine.destroy();
        await source.return?.();
    }
}
function startEngine(sizeBytes) {
    const most = Math.min(limits/* INFLATE_CHUNK_BYTES */.k4, sizeBytes + 1);
    const chunkSize = Math.max(LEAST_CHUNK_BYTES, most);
    const zlib = (0,external_node_zlib_.createInflateRaw)({ chunkSize });
    const state = { failure: null, isIdle: true, isOver: false };
    let wake = () => undefined;
    zlib.on('readable', () => wake());
    zlib.on('end', () => {
        state.isOver = true;
        wake();
    });
    zlib.on('error', (error) => {
        state.failure = error;
        wake();
    });
    const check = () => {
        if (state.failure !== null)
            throw new InflateError(state.failure.message);
    };
    const news = async () => {
        await new Promise((resolve) => {
            wake = resolve;
            if (state.failure !== null || state.isOver || zlib.readableLength > 0)
                resolve();
        });
        check();
    };
    return {
        read: () => {
            check();
            const bytes = zlib.read();
            return bytes instanceof Uint8Array ? plainBytes(bytes) : null;
        },
        isIdle: () => state.isIdle,
        isOver: () => state.isOver,
        news,
        write: async (next) => {
            state.isIdle = false;
            const onTaken = () => {
                state.isIdle = next.done !== true;
                wake();
            };
            if (next.done === true)
                zlib.end();
            else
                zlib.write(next.value, onTaken);
            await news();
        },
        taken: () => zlib.bytesWritten,
        destroy: () => zlib.destroy(),
    };
}

;// CONCATENATED MODULE: ./lib/sources/archive/deflated.js





function deflatedContent(open, member) {
    const { sizeBytes } = member.entry;
    const isHeld = sizeBytes <= limits/* DEFLATED_HELD_MAX_BYTES */.XS;
    return {
        access: isHeld ? 'random' : 'prefix',
        isSequential: true,
        read: async (from, length) => {
            const end = from + length;
            if (end > limits/* DEFLATED_HELD_MAX_BYTES */.XS)
                throw notReachable(sizeBytes);
            const start = keptStart(open, member);
            const isStart = end <= limits/* DEFLATED_PREFIX_BYTES */.fZ && end < sizeBytes;
            try {
                const bytes = await start.upTo(isStart || !isHeld ? end : sizeBytes);
                const isWhole = from === 0 && end === sizeBytes;
                if (!isWhole || sizeBytes <= limits/* DEFLATED_READ_MAX_BYTES */.iO)
                    return new Uint8Array(bytes.subarray(from, end));
                dropStart(open);
                return bytes.subarray(from, end);
            }
            catch (error) {
                dropStart(open);
                throw error;
            }
        },
        pieces: (_from, end) => inflated(open, member, { isAll: end === sizeBytes }),
    };
}
function keptStart(open, member) {
    if (open.start.member !== member) {
        dropStart(open);
        open.start.member = member;
        open.start.held = heldStart(open, member);
    }
    return open.start.held ?? heldStart(open, member);
}
function dropStart({ start }) {
    start.held?.close();
    start.member = null;
    start.held = null;
}
function notReachable(sizeBytes) {
    return new bytes_reader/* SourceError */.c8(bytes_reader/* NOT_REACHABLE */.EK, `it is compressed in the archive, and of its ${bytesWords(sizeBytes)} only the first ${limits/* DEFLATED_HELD_MAX_BYTES */.XS / 1024 / 1024} MiB can be read without all that lies before; uploaded with \`compression-level: 0\`, all of it can`);
}
function heldStart(open, member) {
    const { sizeBytes } = member.entry;
    const demand = { isAll: false };
    const pieces = inflated(open, member, demand);
    const sum = sumOf(open.crc32, member);
    let bytes = new Uint8Array(0);
    let filled = 0;
    let isChecked = false;
    const room = (needed) => {
        if (needed <= bytes.length)
            return;
        const most = Math.min(2 * bytes.length, sizeBytes);
        const grown = new Uint8Array(Math.max(needed, most));
        grown.set(bytes.subarray(0, filled));
        bytes = grown;
    };
    const upTo = async (end) => {
        const isAll = end === sizeBytes;
        demand.isAll ||= isAll;
        if (isAll)
            room(sizeBytes);
        while (filled < end || (isAll && !isChecked)) {
            const next = await pieces.next();
            if (next.done === true)
                break;
            sum.add(next.value);
            room(filled + next.value.length);
            bytes.set(next.value, filled);
            filled += next.value.length;
        }
        const isShort = filled < end;
        if (isShort || (isAll && !isChecked)) {
            const damage = sum.verdict();
            if (damage !== null)
                damaged(open, member, damage);
            isChecked = true;
        }
        return bytes;
    };
    return {
        upTo,
        close: () => {
            pieces.return().catch(() => undefined);
        },
    };
}
async function* inflated(open, member, demand) {
    try {
        yield* inflate(compressed(open, member, demand), member.entry);
    }
    catch (error) {
        if (!(error instanceof InflateError))
            throw error;
        const words = `content cannot be decompressed (${error.message})`;
        damaged(open, member, { code: 'inflate-failed', words });
    }
}
async function* compressed(open, member, demand) {
    const { compressedBytes } = member.entry;
    const { pieces, reader } = open;
    let at = await locate(open, member, 0);
    const end = at + compressedBytes;
    let step = limits/* DEFLATED_FIRST_BYTES */.Bc;
    while (at < end) {
        const held = Math.min(pieces.heldFrom(at), end - at);
        if (held === 0 && demand.isAll && end - at > limits/* DEFLATED_READ_MAX_BYTES */.iO) {
            yield* reader.stream(at, end);
            return;
        }
        const length = held > 0 ? held : Math.min(step, end - at);
        yield await pieces.read(at, length);
        at += length;
        step = Math.min(2 * step, limits/* DEFLATED_READ_MAX_BYTES */.iO);
    }
}

;// CONCATENATED MODULE: ./lib/sources/archive/ranges.js
function isInOrder(ranges) {
    return ranges.every(([start], at) => start >= (ranges[at - 1]?.[1] ?? 0));
}
function pickRanges(ranges, feed) {
    let next = 0;
    return (piece, at) => {
        const end = at + piece.length;
        for (; next < ranges.length; next += 1) {
            const [from = 0, to = 0] = ranges[next] ?? [];
            const start = Math.max(from, at);
            const stop = Math.min(to, end);
            if (start < stop)
                feed(piece.subarray(start - at, stop - at), start);
            if (to > end)
                return;
        }
    };
}

;// CONCATENATED MODULE: ./lib/sources/archive/entry-reader.js





function entryReader(open, member) {
    const { sizeBytes: size, method } = member.entry;
    const content = method === 0 ? storedContent(open, member) : deflatedContent(open, member);
    const meter = (0,heap/* readMeter */.My)();
    const checked = (start, end) => checkedPieces(open, member, content, { start, end });
    return {
        size,
        access: content.access,
        read: async (start, length) => {
            checkRange(size, start, length);
            meter(length);
            return content.read(start, length);
        },
        async *stream(start, end) {
            checkRange(size, start, end - start);
            for await (const { piece } of checked(start, end))
                yield piece;
        },
        scan: async (ranges, feed) => {
            for (const [start, end] of ranges)
                checkRange(size, start, end - start);
            const isOnePass = isInOrder(ranges);
            const pick = pickRanges(isOnePass ? ranges : [], feed);
            for await (const { piece, at } of checked(0, size))
                pick(piece, at);
            if (!isOnePass)
                await feedEach(checked, ranges, feed);
        },
        close: () => Promise.resolve(),
    };
}
async function feedEach(pieces, ranges, feed) {
    for (const [start, end] of ranges)
        for await (const { piece, at } of pieces(start, end))
            feed(piece, at);
}
async function* checkedPieces(open, member, content, { start, end }) {
    const { sizeBytes } = member.entry;
    const isFromStart = start === 0 || content.isSequential;
    const isWhole = isFromStart && end === sizeBytes;
    const sum = isWhole ? sumOf(open.crc32, member) : null;
    let at = isFromStart ? 0 : start;
    for await (const piece of content.pieces(start, end)) {
        sum?.add(piece);
        const from = Math.max(start - at, 0);
        const to = Math.min(end - at, piece.length);
        if (from < to)
            yield { piece: piece.subarray(from, to), at: at + from };
        at += piece.length;
        if (!isWhole && at >= end)
            return;
    }
    const damage = sum?.verdict();
    if (damage)
        damaged(open, member, damage);
}
function storedContent(open, member) {
    const { sizeBytes } = member.entry;
    let begin = null;
    const start = async (wanted) => (begin ??= await locate(open, member, wanted <= limits/* ARCHIVE_HELD_MAX_BYTES */.YN / 8 ? wanted : 0));
    return {
        access: 'random',
        isSequential: false,
        read: async (from, length) => {
            const at = await start(from + length);
            const bytes = await open.pieces.read(at + from, length);
            if (from === 0 && length === sizeBytes) {
                const sum = sumOf(open.crc32, member);
                sum.add(bytes);
                const damage = sum.verdict();
                if (damage !== null)
                    damaged(open, member, damage);
            }
            return bytes;
        },
        async *pieces(from, to) {
            const at = await start(0);
            if (open.pieces.holds(at + from, to - from))
                yield await open.pieces.read(at + from, to - from);
            else
                yield* open.reader.stream(at + from, at + to);
        },
    };
}

;// CONCATENATED MODULE: ./lib/sources/archive/fetch-ahead.js



async function fetchAhead(open, wants) {
    const waiting = mergeSpans(spansOf(open, wants));
    const work = async () => {
        for (let span = waiting.shift(); span !== undefined; span = waiting.shift())
            await fetchQuietly(open, span);
    };
    await Promise.all(Array.from({ length: limits/* ARCHIVE_CONCURRENCY */.z$ }, work));
}
async function fetchQuietly({ pieces }, span) {
    try {
        await pieces.fetch(span.start, span.end - span.start);
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8))
            throw error;
    }
}
function spansOf(open, wants) {
    const spans = [];
    let room = limits/* ARCHIVE_HELD_MAX_BYTES */.YN;
    for (const want of wants) {
        const member = open.archive.byPath.get(want.path);
        if (member?.kind !== 'file' || open.damages.has(want.path))
            continue;
        for (const span of spansFor(open, member, want)) {
            const length = span.end - span.start;
            if (open.pieces.holds(span.start, length))
                continue;
            room -= length;
            if (room < 0)
                return spans;
            spans.push(span);
        }
    }
    return spans;
}
function spansFor(open, member, { bytes, endBytes = 0 }) {
    const { entry } = member;
    const start = spanOf(open, member, packedBytes(member, bytes));
    const whole = spanOf(open, member, entry.compressedBytes);
    const length = Math.min(endBytes, entry.compressedBytes);
    if (length === 0 || entry.method !== 0)
        return [start];
    const from = whole.end - limits/* ARCHIVE_EXTRA_SLACK_BYTES */.X_ - length;
    return from <= start.end
        ? [{ start: start.start, end: whole.end }]
        : [start, { start: from, end: whole.end }];
}
function packedBytes({ entry }, bytes) {
    const { method, compressedBytes, sizeBytes } = entry;
    if (method === 0 || bytes >= sizeBytes)
        return Math.min(bytes, compressedBytes);
    return Math.ceil((bytes * compressedBytes) / sizeBytes);
}
function mergeSpans(spans) {
    const merged = [];
    for (const span of [...spans].sort((a, b) => a.start - b.start)) {
        const last = merged.at(-1);
        if (last && span.start - last.end <= limits/* ARCHIVE_MERGE_GAP_BYTES */.Pj)
            merged[merged.length - 1] = {
                start: last.start,
                end: Math.max(last.end, span.end),
            };
        else
            merged.push(span);
    }
    return merged;
}

// EXTERNAL MODULE: ./lib/sources/crc32.js
var sources_crc32 = __webpack_require__(601);
// EXTERNAL MODULE: ./lib/core/bytes/walk-policy.js
var walk_policy = __webpack_require__(389);
;// CONCATENATED MODULE: ./lib/sources/archive/list-members.js


const SEPARATOR = '\0';
function listMembers(members) {
    const collected = collect(members);
    const { deep, excess } = collected;
    const unlisted = excess === null ? [] : [{ path: '', cause: 'limit', reason: excess }];
    const entries = [];
    let passedOver = null;
    for (const entry of sorted(collected.entries)) {
        const { path } = entry;
        if (passedOver !== null && path.startsWith(passedOver))
            continue;
        entries.push(entry);
        if (entry.kind !== 'folder')
            continue;
        const ignored = (0,walk_policy/* ignoredFolderReason */.$)(path.slice(path.lastIndexOf('/') + 1));
        if (ignored !== null) {
            passedOver = `${path}/`;
            unlisted.push({ path, cause: 'ignored', reason: ignored });
        }
        else if (deep.has(path)) {
            const reason = `over ${limits/* WALK_MAX_DEPTH */.Ts} folders deep`;
            unlisted.push({ path, cause: 'limit', reason });
        }
    }
    return { entries, unlisted };
}
function sorted(entries) {
    return Array.from(entries.values(), (entry) => ({
        entry,
        key: entry.path.replaceAll('/', SEPARATOR),
    }))
        .sort((left, right) => (left.key < right.key ? -1 : 1))
        .map(({ entry }) => entry);
}
function collect(members) {
    const collected = {
        entries: new Map(),
        deep: new Set(),
        characters: 0,
        excess: null,
    };
    for (const member of members) {
        const folder = addFolders(collected, member.path);
        if (collected.excess !== null)
            break;
        if (folder === 'deep')
            continue;
        add(collected, entryOf(member));
    }
    return collected;
}
function addFolders(collected, path) {
    let depth = 0;
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
        depth += 1;
        const folder = path.slice(0, at);
        if (!collected.entries.has(folder))
            add(collected, { path: folder, kind: 'folder', sizeBytes: 0 });
        if (depth > limits/* WALK_MAX_DEPTH */.Ts) {
            collected.deep.add(folder);
            return 'deep';
        }
    }
    return 'listed';
}
function add(collected, entry) {
    if (collected.entries.size >= limits/* WALK_MAX_ENTRIES */.Cx)
        collected.excess = `over ${limits/* WALK_MAX_ENTRIES */.Cx} files`;
    else if (collected.characters >= limits/* WALK_MAX_CHARACTERS */.Ct)
        collected.excess = `paths of over ${limits/* WALK_MAX_CHARACTERS */.Ct} characters in all`;
    if (collected.excess !== null)
        return;
    collected.characters += entry.path.length;
    collected.entries.set(entry.path, entry);
}
function entryOf({ path, kind, reason, entry }) {
    if (kind === 'file')
        return { path, kind, sizeBytes: entry.sizeBytes, crc32: entry.crc32 };
    return { path, kind, sizeBytes: 0, ...(reason === null ? {} : { reason }) };
}

;// CONCATENATED MODULE: ./lib/sources/archive/pieces.js

function piecesOf(reader) {
    const pinned = [];
    let held = [];
    let heldBytes = 0;
    const find = (start, end) => {
        const covers = (piece) => piece.start <= start && piece.end >= end;
        return held.findLast(covers) ?? pinned.find(covers);
    };
    const load = async (start, end) => {
        const bytes = await reader.read(start, end - start);
        return { start, end, bytes };
    };
    const keep = (piece) => {
        held.push(piece);
        heldBytes += piece.bytes.length;
        let dropped = 0;
        while (heldBytes > limits/* ARCHIVE_HELD_MAX_BYTES */.YN ||
            held.length - dropped > limits/* ARCHIVE_HELD_MAX_PIECES */.mx)
            heldBytes -= held[dropped++]?.bytes.length ?? 0;
        if (dropped > 0)
            held = held.slice(dropped);
    };
    const letGo = () => {
        [held, heldBytes] = [[], 0];
    };
    const fetch = async (start, length) => {
        if (find(start, start + length) === undefined)
            keep(await load(start, start + length));
    };
    return {
        read: async (start, length) => {
            const end = start + length;
            const whole = find(start, end);
            if (whole !== undefined)
                return pieces_cut(whole, start, end);
            const all = [...pinned, ...held];
            const first = all.findLast((one) => one.start <= start && one.end > start);
            const last = all.findLast((one) => one.start < end && one.end >= end);
            const from = Math.max(start, first?.end ?? start);
            const to = Math.max(from, Math.min(end, last?.start ?? end));
            const missing = await load(from, to);
            if (length <= limits/* ARCHIVE_HELD_MAX_BYTES */.YN / 8)
                keep(missing);
            const bytes = new Uint8Array(length);
            bytes.set(missing.bytes, from - start);
            if (first && from > start)
                bytes.set(pieces_cut(first, start, from));
            if (last && to < end)
                bytes.set(pieces_cut(last, to, end), to - start);
            return bytes;
        },
        fetch,
        holds: (start, length) => find(start, start + length) !== undefined,
        heldFrom: (start) => (find(start, start + 1)?.end ?? start) - start,
        letGo,
        pin: async (start, length) => {
            if (length > 0)
                pinned.push(await load(start, start + length));
        },
    };
}
function pieces_cut(piece, start, end) {
    return new Uint8Array(piece.bytes.subarray(start - piece.start, end - piece.start));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(598);
;// CONCATENATED MODULE: ./lib/sources/archive/tape.js


function tapeOf(reader) {
    const stream = reader.stream(0, reader.size)[Symbol.asyncIterator]();
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let at = 0;
    let rest = new Uint8Array(0);
    const next = async (most) => {
        while (rest.length === 0) {
            const piece = await stream.next();
            if (piece.done === true)
                throw new bytes_reader/* SourceError */.c8('SHORT_READ', `the archive ended after ${at} of ${reader.size} bytes`);
            hash.update(piece.value);
            rest = piece.value;
        }
        const bytes = rest.subarray(0, most);
        rest = rest.subarray(bytes.length);
        at += bytes.length;
        return bytes;
    };
    const skipTo = async (offset) => {
        while (at < offset)
            await next(offset - at);
    };
    return {
        at: () => at,
        async *pieces(length) {
            const end = at + length;
            while (at < end)
                yield await next(end - at);
        },
        take: async (length) => {
            const bytes = new Uint8Array(length);
            for (let filled = 0; filled < length;) {
                const piece = await next(length - filled);
                bytes.set(piece, filled);
                filled += piece.length;
            }
            return bytes;
        },
        skipTo,
        finish: async () => {
            await skipTo(reader.size);
            return `sha256:${hash.digest('hex')}`;
        },
        close: async () => {
            await stream.return?.();
        },
    };
}

;// CONCATENATED MODULE: ./lib/sources/archive/sweep.js




async function sweepArchive(open, visit) {
    const tape = tapeOf(open.reader);
    try {
        for (const member of inOrder(open)) {
            if (member.entry.offset < tape.at())
                continue;
            const damage = member.damage ?? (await sweepMember(open, member, { tape, visit }));
            if (damage !== null)
                noteDamage(open.damages, member.path, damage);
        }
        const digest = await tape.finish();
        const damaged = [...open.damages].map(([path, { message }]) => ({
            path,
            words: message,
        }));
        return { digest, damaged };
    }
    finally {
        await tape.close();
    }
}
function inOrder({ archive }) {
    return [...archive.byPath.values()].sort((a, b) => a.entry.offset - b.entry.offset);
}
async function sweepMember(open, member, { tape, visit }) {
    const { entry, kind, path } = member;
    await tape.skipTo(entry.offset);
    const fixed = await tape.take(zip_fields/* LOCAL_HEADER_BYTES */.q_ + entry.nameBytes);
    const more = moreBytes(open, member, fixed);
    const header = Buffer.concat([fixed, await tape.take(more)]);
    const start = startOf(open, member, header);
    if (start.isDamaged)
        return start.damage;
    if (kind !== 'file' && kind !== 'folder')
        return null;
    await tape.skipTo(start.at);
    const file = kind === 'file' ? await visit(path) : null;
    const damage = await sweepContent(open, member, tape, file);
    if (damage === null)
        await file?.end();
    await tape.skipTo(start.at + entry.compressedBytes);
    return damage;
}
async function sweepContent({ crc32 }, member, tape, file) {
    const { entry } = member;
    const packed = tape.pieces(entry.compressedBytes);
    const pieces = entry.method === 0 ? packed : inflate(packed, entry);
    const sum = sumOf(crc32, member);
    let at = 0;
    try {
        for await (const piece of pieces) {
            sum.add(piece);
            const own = piece.subarray(0, entry.sizeBytes - at);
            if (own.length > 0)
                file?.feed(own, at);
            at += own.length;
        }
    }
    catch (error) {
        if (!(error instanceof InflateError))
            throw error;
        const words = `content cannot be decompressed (${error.message})`;
        return { code: 'inflate-failed', words };
    }
    return sum.verdict();
}

;// CONCATENATED MODULE: ./lib/sources/archive.js











const ZIP_OF_ITS_OWN = /\.(?:bin|pt|pth|ckpt|npz)$/i;
function isZipOfItsOwn(name) {
    return ZIP_OF_ITS_OWN.test(name);
}
const LIMITS = new Set([
    'too-many-entries',
    'directory-too-large',
]);
function archiveSource(given) {
    let opened = null;
    const opening = () => (opened ??= openArchive(given));
    const value = async () => {
        const one = await opening();
        if (one.ok)
            return one.value;
        throw new bytes_reader/* SourceError */.c8('ENOENT', `the archive ${one.defect.words}`);
    };
    return {
        label: given.label,
        root: 'folder',
        isUpload: true,
        crc32: sources_crc32/* crc32 */.Q,
        list: async () => listingOf(await opening()),
        open: async (path) => openMember(await value(), path),
        ahead: async (wants) => {
            const one = await opening();
            if (one.ok)
                await fetchAhead(one.value, wants);
        },
        sweep: async (visit) => sweepArchive(await value(), visit),
        letGo: () => {
            void opened?.then((one) => {
                if (!one.ok)
                    return;
                one.value.pieces.letGo();
                dropStart(one.value);
            });
        },
        close: async () => {
            const closing = opened;
            opened = null;
            const one = await closing?.catch(() => null);
            if (!one?.ok)
                return;
            dropStart(one.value);
            await one.value.reader.close();
        },
    };
}
async function openArchive({ open }) {
    const reader = await open();
    let isUsed = false;
    try {
        const { size } = reader;
        const pieces = piecesOf(reader);
        await pinEnd(pieces, size);
        const archive = await readArchive(readDirectory(pieces), size);
        if (!archive.ok)
            return { ...archive, size };
        isUsed = true;
        const { value } = archive;
        const damages = new Map();
        for (const { path, damage } of value.byPath.values())
            if (damage !== null)
                noteDamage(damages, path, damage);
        const start = { member: null, held: null };
        const all = {
            reader,
            pieces,
            archive: value,
            crc32: sources_crc32/* crc32 */.Q,
            damages,
            start,
        };
        return { ok: true, value: all };
    }
    finally {
        if (!isUsed)
            await reader.close();
    }
}
function pinEnd({ pin }, size) {
    const edge = limits/* ARCHIVE_EDGE_BYTES */.B9;
    return size <= 2 * edge ? pin(0, size) : pin(size - edge, edge);
}
function readDirectory(pieces) {
    return async (start, length) => {
        const before = Math.min(start, limits/* ARCHIVE_EDGE_BYTES */.B9);
        if (!pieces.holds(start, length) && length <= 4 * limits/* ARCHIVE_EDGE_BYTES */.B9)
            await pieces.pin(start - before, before + length);
        return pieces.read(start, length);
    };
}
function listingOf(opened) {
    if (!opened.ok) {
        const { defect, size: sizeBytes } = opened;
        const unlisted = LIMITS.has(defect.code)
            ? [{ path: '', cause: 'limit', reason: `the archive ${defect.words}` }]
            : [];
        const none = { faults: [], deflatedFiles: 0, deflatedBytes: 0 };
        return { entries: [], unlisted, archive: { sizeBytes, defect, ...none } };
    }
    const { archive, reader } = opened.value;
    return {
        ...listMembers(archive.byPath.values()),
        archive: factsOf(archive, reader.size),
    };
}
function factsOf(archive, sizeBytes) {
    let deflatedFiles = 0;
    let deflatedBytes = 0;
    for (const { kind, entry } of archive.byPath.values()) {
        if (kind !== 'file' || entry.method === 0)
            continue;
        deflatedFiles += 1;
        deflatedBytes += entry.compressedBytes;
    }
    const { faults } = archive;
    return { sizeBytes, defect: null, faults, deflatedFiles, deflatedBytes };
}
function openMember(open, path) {
    const damage = open.damages.get(path);
    if (damage !== undefined)
        throw damage;
    const member = open.archive.byPath.get(path);
    if (member === undefined)
        throw new bytes_reader/* SourceError */.c8('ENOENT', 'the archive has no such file');
    if (member.kind !== 'file')
        throw new bytes_reader/* SourceError */.c8(member.kind === 'symlink' ? 'LINK' : 'NOT_A_FILE', member.reason ?? 'it is not a file');
    return entryReader(open, member);
}


/***/ })

};
