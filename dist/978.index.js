export const id = 978;
export const ids = [978];
export const modules = {

/***/ 49978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  artifactTargets: () => (/* binding */ artifactTargets)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/core/bytes/reader.js
var reader = __webpack_require__(8316);
// EXTERNAL MODULE: ./lib/sources/source-error.js
var source_error = __webpack_require__(48810);
// EXTERNAL MODULE: ./lib/sources/directory.js + 4 modules
var directory = __webpack_require__(32678);
// EXTERNAL MODULE: ./lib/action/artifacts/artifact.js
var artifacts_artifact = __webpack_require__(73598);
// EXTERNAL MODULE: ./lib/action/artifacts/download.js + 1 modules
var download = __webpack_require__(70035);
// EXTERNAL MODULE: ./lib/sources/archive.js + 18 modules
var archive = __webpack_require__(78125);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./lib/core/bytes/limits.js
var limits = __webpack_require__(27619);
// EXTERNAL MODULE: ./lib/http/retry-after.js
var retry_after = __webpack_require__(93145);
;// CONCATENATED MODULE: ./lib/sources/blob-limits.js
const BLOB_SOCKETS = 8;
const BLOB_TIMEOUTS = {
    connectMs: 10_000,
    stallMs: 30_000,
};
const RANGE_SETBACKS = {
    fault: 3,
    throttle: 5,
    refusal: 2,
};
const BLOB_SETBACKS = {
    fault: 60,
    throttle: 30,
    refusal: 120,
};
const BACKOFF_FIRST_MS = 1000;
const RETRY_AFTER_MAX_MS = 60_000;
const STORE_CODE_MAX_CHARACTERS = 200;
const ETAG_MAX_CHARACTERS = 1024;

;// CONCATENATED MODULE: ./lib/sources/blob-headers.js

function parseContentRange(value) {
    const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16})$/.exec(value ?? '');
    if (match === null)
        return null;
    const [first = NaN, last = NaN, sizeBytes = NaN] = match.slice(1).map(Number);
    const isSound = first <= last && last < sizeBytes;
    return isSound && Number.isSafeInteger(sizeBytes)
        ? { start: first, end: last + 1, sizeBytes }
        : null;
}
function parseUnsatisfied(value) {
    const match = /^bytes \*\/(\d{1,16})$/.exec(value ?? '');
    const sizeBytes = Number(match?.[1] ?? NaN);
    return Number.isSafeInteger(sizeBytes) ? sizeBytes : null;
}
function parseFileName(value) {
    const text = value ?? '';
    const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s"]+)/i.exec(text);
    return (baseName(decode(extended?.[1])) ??
        baseName(quoted(text) ?? /;\s*filename\s*=\s*([^;\s"]+)/i.exec(text)?.[1]));
}
function quoted(text) {
    const match = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(text);
    return match?.[1]?.replace(/\\(.)/g, '$1');
}
function decode(text) {
    if (text === undefined)
        return undefined;
    try {
        return decodeURIComponent(text);
    }
    catch {
        return undefined;
    }
}
function baseName(path) {
    const name = path?.split(/[/\\]/).pop() ?? '';
    return name === '' || name === '.' || name === '..' ? null : name;
}
function storeCode(headers, body, secrets) {
    const header = headers['x-ms-error-code'];
    const raw = typeof header === 'string'
        ? header
        : (/<Code>([^<]*)<\/Code>/i.exec(body)?.[1] ?? '');
    if (secrets.some((secret) => raw.includes(secret)))
        return '';
    return raw
        .replace(/[^A-Za-z0-9]+/g, ' ')
        .trim()
        .slice(0, STORE_CODE_MAX_CHARACTERS);
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
var external_node_http_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_http_, 2);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
var external_node_https_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_https_, 2);
// EXTERNAL MODULE: ./lib/http/agent.js
var http_agent = __webpack_require__(97209);
// EXTERNAL MODULE: ./lib/sources/plain-bytes.js
var plain_bytes = __webpack_require__(99404);
;// CONCATENATED MODULE: ./lib/sources/blob-request.js





class WireError extends Error {
    code;
    isStale;
    constructor(code, isStale = false) {
        super(code);
        this.name = 'WireError';
        this.code = code;
        this.isStale = isStale;
    }
}
const STALLED = 'STALLED';
function openAgents(proxyEnv) {
    const agents = new Map();
    return {
        agentOf: ({ protocol }) => {
            const agent = agents.get(protocol) ??
                (0,http_agent/* openAgent */.Q)(protocol, proxyEnv, { maxSockets: BLOB_SOCKETS });
            agents.set(protocol, agent);
            return agent;
        },
        dropIdle: () => {
            for (const { freeSockets } of agents.values())
                for (const socket of Object.values(freeSockets).flat())
                    socket?.destroy();
        },
        destroy: () => {
            for (const agent of agents.values())
                agent.destroy();
        },
    };
}
function ask(wire, url, headers) {
    return new Promise((resolve, reject) => {
        const { request } = url.protocol === 'https:' ? external_node_https_namespaceObject : external_node_http_namespaceObject;
        const asked = request({
            agent: wire.agentOf(url),
            protocol: url.protocol,
            hostname: url.hostname.replace(/^\[|\]$/g, ''),
            port: url.port,
            path: url.pathname + url.search,
            headers,
            signal: wire.closed,
            timeout: wire.timeouts.connectMs,
        });
        const end = watch(asked, url, wire.timeouts, reject);
        const closed = () => {
            stop();
            reject(new WireError('CLOSED'));
        };
        wire.closed.addEventListener('abort', closed);
        const stop = () => {
            end();
            wire.closed.removeEventListener('abort', closed);
        };
        asked.on('response', (answer) => {
            stop();
            resolve(answer);
        });
        asked.on('error', (error) => {
            stop();
            reject(new WireError(codeOf(error), asked.reusedSocket));
        });
        asked.end();
    });
}
function watch(asked, { protocol }, { connectMs, stallMs }, reject) {
    const endAfter = (ms, code) => setTimeout(() => {
        reject(new WireError(code));
        asked.destroy();
    }, ms);
    let timer = endAfter(connectMs, 'CONNECT_TIMEOUT');
    const connected = () => {
        clearTimeout(timer);
        if (asked.destroyed)
            return;
        timer = endAfter(stallMs, STALLED);
    };
    asked.on('socket', (socket) => {
        if (!socket.connecting)
            return connected();
        socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    return () => {
        clearTimeout(timer);
    };
}
async function* bodyOf(answer, stallMs) {
    const silence = { isTooLong: false };
    const start = () => setTimeout(() => {
        silence.isTooLong = true;
        answer.destroy();
    }, stallMs);
    let timer = start();
    try {
        const body = answer;
        for await (const piece of body) {
            clearTimeout(timer);
            if (piece instanceof Uint8Array)
                yield (0,plain_bytes/* plainBytes */.g)(piece);
            timer = start();
        }
        if (!answer.complete)
            throw new WireError('ECONNRESET');
    }
    catch (error) {
        throw new WireError(silence.isTooLong ? STALLED : codeOf(error));
    }
    finally {
        clearTimeout(timer);
    }
}
function codeOf(error) {
    if (typeof error !== 'object' || error === null)
        return 'UNKNOWN';
    const code = 'code' in error ? String(error.code) : 'UNKNOWN';
    return /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'UNKNOWN';
}

;// CONCATENATED MODULE: ./lib/sources/blob-failure.js






class Setback extends Error {
    kind;
    failure;
    waitMs;
    constructor(kind, failure, waitMs = null) {
        super(failure.message);
        this.name = 'Setback';
        this.kind = kind;
        this.failure = failure;
        this.waitMs = waitMs;
    }
}
class SizeDiffersError extends reader/* SourceError */.c8 {
    sizeBytes;
    constructor(sizeBytes) {
        super('CHANGED', `the store says that it has ${sizeBytes} bytes`);
        this.name = 'SizeDiffersError';
        this.sizeBytes = sizeBytes;
    }
}
const FINAL = new Map([
    [404, ['NOT_FOUND', 'the store has it no more: it was deleted']],
    [410, ['GONE', 'the store has it no more: it expired']],
    [412, ['CHANGED', 'it was replaced while it was read']],
    [416, ['BAD_RANGE', 'the store has no such range of it']],
]);
const FAULTS = [408, 500, 502, 503, 504];
async function failureOf(answer, { secrets, stallMs, nowMs, sizeBytes }) {
    const { headers, statusCode: status = 0 } = answer;
    if (status === 200) {
        answer.destroy();
        return new reader/* SourceError */.c8('RANGES_IGNORED', 'the store gives it whole and no ranges of it');
    }
    const body = await textOf(answer, stallMs);
    const code = storeCode(headers, body, secrets);
    const cause = code === '' ? `${status}` : `${status} ${code}`;
    const trueBytes = parseUnsatisfied(headers['content-range']);
    if (status === 416 && trueBytes !== null && trueBytes !== sizeBytes)
        return new SizeDiffersError(trueBytes);
    const final = FINAL.get(status);
    if (final !== undefined)
        return new reader/* SourceError */.c8(final[0], `${final[1]} (${cause})`);
    const asked = (0,retry_after/* parseRetryAfter */.m)(headers['retry-after'], nowMs);
    const waitMs = asked === null ? null : Math.min(asked, RETRY_AFTER_MAX_MS);
    return setbackOf(status, cause, waitMs) ?? unexpected(status, cause);
}
function unexpected(status, cause) {
    if (status >= 300 && status < 400)
        return new reader/* SourceError */.c8('REDIRECTED', `the store sends elsewhere, which is not followed (${cause})`);
    return new reader/* SourceError */.c8('REFUSED', `the store's answer is none that reading ranges has (${cause})`);
}
function setbackOf(status, cause, waitMs) {
    if (status === 403)
        return new Setback('refusal', new reader/* SourceError */.c8('FORBIDDEN', `the store refuses access (${cause})`), 0);
    if (status === 429)
        return new Setback('throttle', new reader/* SourceError */.c8('THROTTLED', `the store asks to wait (${cause})`), waitMs);
    return FAULTS.includes(status)
        ? unreachable(`the store failed (${cause})`, waitMs)
        : null;
}
function unreachable(words, waitMs = null) {
    return new Setback('fault', new reader/* SourceError */.c8('UNREACHABLE', words), waitMs);
}
async function textOf(answer, stallMs) {
    const pieces = [];
    let sizeBytes = 0;
    const timer = setTimeout(() => answer.destroy(), stallMs);
    try {
        for await (const piece of bodyOf(answer, stallMs)) {
            pieces.push(piece.subarray(0, limits/* BLOB_ERROR_MAX_BYTES */.K1 - sizeBytes));
            sizeBytes += piece.length;
            if (sizeBytes >= limits/* BLOB_ERROR_MAX_BYTES */.K1)
                break;
        }
    }
    catch {
    }
    finally {
        clearTimeout(timer);
    }
    return Buffer.concat(pieces).toString('utf8');
}

;// CONCATENATED MODULE: ./lib/sources/blob-ranges.js





async function* requestRange(ranges, start, end) {
    const { wire, slots, stats } = ranges;
    const free = await unlessClosed(wire.closed, slots.take());
    try {
        const answer = await answerTo(ranges, start, end);
        let at = start;
        for await (const piece of broken(answer, wire.timeouts.stallMs)) {
            stats.bytes += piece.length;
            const wanted = piece.subarray(0, end - at);
            at += wanted.length;
            if (wanted.length > 0)
                yield wanted;
            if (wanted.length < piece.length)
                throw new reader/* SourceError */.c8('BAD_RANGE', `the store sent more than the ${end - start} bytes that it promised`);
        }
        if (at < end)
            throw cut(`${at - start} of ${end - start} bytes came`);
    }
    finally {
        free();
    }
}
async function answerTo(ranges, start, end) {
    const { wire, signer, stats, known } = ranges;
    const signed = await unlessClosed(wire.closed, signer.current());
    const headers = {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'checkpoint-gate',
        range: `bytes=${start}-${end - 1}`,
    };
    if (known !== null && isStrong(known.etag))
        headers['if-match'] = known.etag;
    stats.requests += 1;
    const answer = await ask(wire, signed.url, headers).catch(noAnswer);
    if (answer.statusCode !== 206) {
        const { stallMs } = wire.timeouts;
        const failure = await failureOf(answer, {
            ...signed,
            stallMs,
            nowMs: ranges.now(),
            sizeBytes: known?.sizeBytes ?? end,
        });
        if (failure instanceof Setback && failure.kind === 'refusal')
            signer.drop(signed);
        throw failure;
    }
    try {
        ranges.known = agreed(answer.headers, start, end, ranges.known);
    }
    catch (error) {
        answer.destroy();
        throw error;
    }
    return answer;
}
function isStrong(etag) {
    return (etag !== null &&
        etag.length <= ETAG_MAX_CHARACTERS &&
        /^"[\x21\x23-\x7e]*"$/.test(etag));
}
function agreed(headers, start, end, known) {
    const range = parseContentRange(headers['content-range']);
    const etag = headers.etag ?? null;
    if (range === null)
        throw new reader/* SourceError */.c8('BAD_RANGE', 'the store does not say which range it gave');
    const { sizeBytes } = range;
    if (known !== null && sizeBytes !== known.sizeBytes)
        throw new reader/* SourceError */.c8('CHANGED', `it was replaced while it was read: ${known.sizeBytes} bytes became ${sizeBytes}`);
    if (known !== null && known.etag !== null && etag !== known.etag)
        throw new reader/* SourceError */.c8('CHANGED', 'it was replaced while it was read');
    if (range.start !== start || range.end !== Math.min(end, sizeBytes))
        throw new reader/* SourceError */.c8('BAD_RANGE', `the store gave the bytes ${range.start} to ${range.end} in place of ${start} to ${end}`);
    refuseOtherBody(headers, end - start);
    if (known === null && sizeBytes !== end)
        throw new SizeDiffersError(sizeBytes);
    return known ?? { sizeBytes, etag, headers };
}
function refuseOtherBody(headers, most) {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity')
        throw new reader/* SourceError */.c8('BAD_RANGE', 'the store gave the range in an encoding that was not asked for');
    if (Number(headers['content-length'] ?? 0) > most)
        throw new reader/* SourceError */.c8('BAD_RANGE', `the store means to send more than the ${most} bytes asked for`);
}
async function* broken(answer, stallMs) {
    try {
        yield* bodyOf(answer, stallMs);
    }
    catch (error) {
        if (!(error instanceof WireError))
            throw error;
        throw error.code === STALLED
            ? stalled()
            : cut(`the connection broke: ${error.code}`);
    }
}
function noAnswer(error) {
    if (!(error instanceof WireError))
        throw new reader/* SourceError */.c8('UNREACHABLE', `no request can be made of the signed URL (${codeOf(error)})`);
    if (error.code === STALLED)
        throw stalled();
    const waitMs = error.isStale ? 0 : null;
    throw unreachable(`the store was not reached (${error.code})`, waitMs);
}
function cut(cause) {
    return new Setback('fault', new reader/* SourceError */.c8('SHORT_BODY', `the store's answer was cut short (${cause})`));
}
function stalled() {
    return new Setback('fault', new reader/* SourceError */.c8('STALLED', 'the store fell silent'));
}
function unlessClosed(closed, promise) {
    return new Promise((resolve, reject) => {
        const end = () => {
            reject(closedError());
        };
        if (closed.aborted)
            end();
        closed.addEventListener('abort', end);
        promise.then(resolve, reject).finally(() => {
            closed.removeEventListener('abort', end);
        });
    });
}
function closedError() {
    return new reader/* SourceError */.c8('CLOSED', 'it was closed while it was read');
}
function openSlots() {
    let free = BLOB_SOCKETS;
    const waiting = [];
    const release = () => {
        const next = waiting.shift();
        if (next === undefined)
            free += 1;
        else
            next();
    };
    return {
        take: async () => {
            if (free > 0)
                free -= 1;
            else
                await new Promise((resolve) => waiting.push(resolve));
            return release;
        },
    };
}

;// CONCATENATED MODULE: ./lib/sources/blob-retry.js




function noSetbacks() {
    return { fault: 0, throttle: 0, refusal: 0 };
}
async function* persistentRange(ranges, waiting, total, start, end) {
    const { closed, dropIdle } = ranges.wire;
    const refuseClosed = () => {
        if (closed.aborted)
            throw closedError();
    };
    let at = start;
    let counts = noSetbacks();
    while (at < end) {
        refuseClosed();
        try {
            for await (const piece of requestRange(ranges, at, end)) {
                at += piece.length;
                counts = noSetbacks();
                yield piece;
            }
        }
        catch (error) {
            refuseClosed();
            if (!(error instanceof Setback))
                throw error;
            if (at === end)
                return;
            count(error, counts, total);
            if (error.kind === 'fault')
                dropIdle();
            const { delay } = waiting;
            const ms = waitOf(error, counts, waiting);
            if (ms > 0)
                await unlessClosed(closed, delay(ms, closed));
        }
    }
}
function count({ kind, failure }, counts, total) {
    counts[kind] += 1;
    total[kind] += 1;
    const { code, message } = failure;
    if (counts[kind] > RANGE_SETBACKS[kind])
        throw new reader/* SourceError */.c8(code, `${message}, ${counts[kind]} times in a row`);
    if (total[kind] > BLOB_SETBACKS[kind])
        throw new reader/* SourceError */.c8(code, `${message}, and ${BLOB_SETBACKS[kind]} times before`);
}
function waitOf({ kind, waitMs }, counts, { random }) {
    if (waitMs !== null)
        return waitMs;
    return BACKOFF_FIRST_MS * 2 ** (counts[kind] - 1) * (0.5 + random() / 2);
}

;// CONCATENATED MODULE: ./lib/sources/blob-url.js

function openSigner(sign, mask) {
    let held = null;
    let latest = null;
    const fresh = async () => {
        const signed = parseSigned(await askFor(sign), mask);
        latest = signed;
        return signed;
    };
    return {
        current: () => {
            held ??= fresh().catch((error) => {
                held = null;
                throw error;
            });
            return held;
        },
        drop: (refused) => {
            if (latest === refused)
                held = null;
        },
    };
}
async function askFor(sign) {
    try {
        return await sign();
    }
    catch (error) {
        if (error instanceof reader/* SourceError */.c8)
            throw error;
        throw new reader/* SourceError */.c8('NOT_SIGNED', 'no signed URL for it could be had');
    }
}
function parseSigned(text, mask) {
    const secrets = secretsOf(text);
    for (const secret of secrets)
        mask(secret);
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
        throw new reader/* SourceError */.c8('BAD_URL', 'what signs it gave no URL of HTTP');
    return { url, secrets };
}
function secretsOf(text) {
    const secrets = new Set([text]);
    for (const [, raw = ''] of text.matchAll(/[?&]sig=([^&#]*)/gi)) {
        secrets.add(raw);
        const decoded = decodeWhole(raw);
        secrets.add(decoded);
        secrets.add(encodeURIComponent(decoded));
    }
    return [...secrets].filter((secret) => secret !== '');
}
function decodeWhole(raw) {
    try {
        return decodeURIComponent(raw);
    }
    catch {
        return raw;
    }
}

// EXTERNAL MODULE: ./lib/sources/heap.js
var heap = __webpack_require__(67130);
;// CONCATENATED MODULE: ./lib/sources/blob-reader.js












const BLOB_DEPS = {
    delay: (ms, signal) => (0,external_node_timers_promises_.setTimeout)(ms, undefined, signal === undefined ? {} : { signal }),
    random: Math.random,
    now: Date.now,
    timeouts: BLOB_TIMEOUTS,
    proxyEnv: process.env,
};
const LARGE_READ_BYTES = 2 * limits/* STREAM_CHUNK_BYTES */.V9;
async function openBlob(access, deps = {}) {
    const given = { ...BLOB_DEPS, ...deps };
    const agents = openAgents(given.proxyEnv);
    const closing = new AbortController();
    (0,external_node_events_.setMaxListeners)(0, closing.signal);
    const ranges = {
        wire: {
            timeouts: given.timeouts,
            closed: closing.signal,
            agentOf: agents.agentOf,
            dropIdle: agents.dropIdle,
        },
        signer: openSigner(access.sign, access.mask ?? (() => undefined)),
        now: given.now,
        slots: openSlots(),
        stats: { requests: 0, bytes: 0 },
        known: null,
    };
    const total = noSetbacks();
    const pieces = (start, end) => persistentRange(ranges, given, total, start, end);
    const close = () => {
        closing.abort();
        agents.destroy();
        return Promise.resolve();
    };
    try {
        const tail = await readTail(pieces, access.sizeBytes, ranges);
        return { ...readerOf(pieces, tail), ...factsOf(ranges), close };
    }
    catch (error) {
        await close();
        throw error;
    }
}
async function readTail(pieces, hint, ranges) {
    try {
        return await tailAt(pieces, hint > 0 ? hint : limits/* BLOB_TAIL_BYTES */.r1);
    }
    catch (error) {
        if (!(error instanceof SizeDiffersError) || ranges.known !== null)
            throw error;
        const { sizeBytes } = error;
        if (sizeBytes === 0 && hint > 0)
            throw new reader/* SourceError */.c8('CHANGED', `it is listed with ${hint} bytes, and there are none`);
        if (sizeBytes === 0)
            return { start: 0, bytes: new Uint8Array() };
        return tailAt(pieces, sizeBytes);
    }
}
async function tailAt(pieces, sizeBytes) {
    const start = Math.max(0, sizeBytes - limits/* BLOB_TAIL_BYTES */.r1);
    return { start, bytes: await collect(pieces, start, sizeBytes) };
}
async function collect(pieces, start, end) {
    const bytes = new Uint8Array(end - start);
    let filled = 0;
    for await (const piece of pieces(start, end)) {
        bytes.set(piece, filled);
        filled += piece.length;
    }
    return bytes;
}
function readerOf(pieces, tail) {
    const size = tail.start + tail.bytes.length;
    const meter = (0,heap/* readMeter */.My)();
    const inTail = (start, end) => start >= tail.start
        ?
            tail.bytes.slice(start - tail.start, end - tail.start)
        : null;
    return {
        size,
        access: 'random',
        async read(start, length) {
            const end = start + length;
            refuseBeyond(start, end, size);
            meter(length);
            return inTail(start, end) ?? (await collect(pieces, start, end));
        },
        async *stream(start, end) {
            refuseBeyond(start, end, size);
            if (end - start > LARGE_READ_BYTES)
                (0,heap/* holdBuffers */.Hu)();
            const there = inTail(start, end);
            if (there === null)
                yield* pieces(start, end);
            else if (there.length > 0)
                yield there;
        },
    };
}
function refuseBeyond(start, end, size) {
    const isInside = 0 <= start && start <= end && end <= size;
    if (!isInside || !Number.isInteger(start) || !Number.isInteger(end))
        throw new reader/* SourceError */.c8('SHORT_READ', `the bytes ${start} to ${end} are not in its ${size} bytes`);
}
function factsOf({ known, stats, }) {
    const { headers = {} } = known ?? {};
    const fileName = parseFileName(headers['content-disposition']);
    return {
        contentType: () => headers['content-type'] ?? null,
        fileName: () => fileName,
        stats: () => ({ ...stats }),
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./lib/sources/crc32.js
var crc32 = __webpack_require__(36601);
;// CONCATENATED MODULE: ./lib/sources/file-source.js


function fileSource(label, reader) {
    const { size: sizeBytes } = reader;
    const entry = { path: '', kind: 'file', sizeBytes };
    const facts = {
        defect: null,
        faults: [],
        deflatedFiles: 0,
        deflatedBytes: 0,
    };
    return {
        label,
        root: 'file',
        crc32: crc32/* crc32 */.Q,
        list: () => Promise.resolve({
            entries: [entry],
            unlisted: [],
            archive: { sizeBytes, ...facts },
        }),
        open: () => Promise.resolve({ ...reader, close: () => Promise.resolve() }),
        sweep: async (visit) => sweepFile(reader, await visit('')),
        close: () => reader.close(),
    };
}
async function sweepFile(reader, file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let at = 0;
    for await (const piece of reader.stream(0, reader.size)) {
        hash.update(piece);
        file?.feed(piece, at);
        at += piece.length;
    }
    await file?.end();
    return { digest: `sha256:${hash.digest('hex')}`, damaged: [] };
}

// EXTERNAL MODULE: ./lib/sources/local-file.js
var local_file = __webpack_require__(84308);
;// CONCATENATED MODULE: ./lib/action/open-artifact.js







async function openArtifact(artifact, settings) {
    const { name } = artifact;
    try {
        const blob = await openRanges(artifact, settings);
        const source = (await isZip(artifact, blob))
            ? (0,archive.archiveSource)({ label: name, open: () => Promise.resolve(blob.reader) })
            : fileSource(name, blob.reader);
        const { transferMaxBytes } = settings;
        const digest = artifact.digest === null ? {} : { digest: artifact.digest };
        return {
            ...source,
            mark: ':',
            isUpload: true,
            transferMaxBytes,
            ...digest,
        };
    }
    catch (error) {
        if (error instanceof reader/* SourceError */.c8)
            return { ...(0,directory/* unreachableSource */.c)(name, error), mark: ':' };
        throw error;
    }
}
const ZIP_TYPES = new Set([
    'application/zip',
    'application/x-zip-compressed',
    'application/zip-compressed',
    'zip',
]);
async function isZip({ name }, { contentType, fileName, reader }) {
    const [type = ''] = (contentType ?? '').split(';');
    if (ZIP_TYPES.has(type.trim().toLowerCase()))
        return true;
    if (/\.zip$/i.test(fileName ?? ''))
        return true;
    const isTold = !['', 'application/octet-stream'].includes(type.trim());
    if (isTold || (0,archive/* isZipOfItsOwn */.L)(fileName ?? name) || reader.size < 4)
        return false;
    const [p, k, third, fourth] = await reader.read(0, 4);
    return p === 0x50 && k === 0x4b && third === 3 && fourth === 4;
}
async function openRanges(artifact, { service, mask, folder }) {
    const { sizeBytes } = artifact;
    try {
        const blob = await openBlob({
            sizeBytes,
            sign: () => service.sign(artifact),
            mask,
        });
        return {
            reader: blob,
            contentType: blob.contentType(),
            fileName: blob.fileName(),
        };
    }
    catch (error) {
        const isWhole = error instanceof reader/* SourceError */.c8 && error.code === 'RANGES_IGNORED';
        if (!isWhole)
            throw error;
        return openDownloaded(artifact, service, await folder());
    }
}
async function openDownloaded(artifact, service, folder) {
    const { path, sizeBytes, digestMatches } = await open_artifact_download(artifact, service, folder);
    if (digestMatches === false)
        throw new reader/* SourceError */.c8('DIGEST_DIFFERS', `the bytes that were downloaded do not have the digest that GitHub states (${artifact.digest ?? ''}): they were damaged on the way or in the store`);
    if (digestMatches === null && sizeBytes < artifact.sizeBytes)
        throw new reader/* SourceError */.c8('SHORT_BODY', `${sizeBytes} of ${artifact.sizeBytes} bytes came, and no digest is stated to tell whether that is all`);
    const fileName = path.slice(path.lastIndexOf('/') + 1);
    return { reader: (0,local_file/* openLocalFile */.K)(path), contentType: null, fileName };
}
let downloading = Promise.resolve();
function open_artifact_download(artifact, service, folder) {
    const own = downloading.then(() => service.download(artifact, folder));
    downloading = own.catch(() => undefined);
    return own.catch((error) => {
        throw (0,source_error/* toSourceError */.D)(error, folder);
    });
}

// EXTERNAL MODULE: ./lib/core/wording.js
var wording = __webpack_require__(49183);
;// CONCATENATED MODULE: ./lib/action/artifacts/name-pattern.js

const END = { kind: 'end' };
function findNameExcess(pattern) {
    if (pattern.length > limits/* GLOB_MAX_CHARACTERS */.t7)
        return `the pattern has ${pattern.length} characters, at most ${limits/* GLOB_MAX_CHARACTERS */.t7} are tried`;
    const braces = pattern.split('{').length - 1;
    return braces > limits/* GLOB_MAX_BRACES */.rS
        ? `the pattern has ${braces} times {, at most ${limits/* GLOB_MAX_BRACES */.rS} are tried: give the names one a line`
        : null;
}
function compileName(pattern) {
    const start = name_pattern_link(parse(Array.from(pattern)), END);
    return (name) => {
        let states = reach([start]);
        for (const character of name) {
            states = reach(states.flatMap((state) => step(state, character)));
            if (states.length === 0)
                return false;
        }
        return states.includes(END);
    };
}
function reach(from) {
    const seen = new Set();
    const open = [...from];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
        if (seen.has(state))
            continue;
        seen.add(state);
        if (state.kind === 'any')
            open.push(state.next);
        if (state.kind === 'choice')
            open.push(...state.next);
    }
    return [...seen];
}
function step(state, character) {
    if (state.kind === 'any')
        return [state];
    return state.kind === 'one' && state.test(character) ? [state.next] : [];
}
function name_pattern_link(items, end) {
    return items.reduceRight((next, item) => {
        if (item.kind !== 'choice')
            return { ...item, next };
        return { kind: 'choice', next: item.of.map((one) => name_pattern_link(one, next)) };
    }, end);
}
function parse(characters) {
    const items = [];
    for (let at = 0; at < characters.length;) {
        const [item, length] = parseItem(characters.slice(at));
        items.push(item);
        at += length;
    }
    return items;
}
function parseItem(rest) {
    const [first = '', second] = rest;
    if (first === '*')
        return [{ kind: 'any' }, 1];
    if (first === '?')
        return [{ kind: 'one', test: () => true }, 1];
    if (first === '\\' && second !== undefined)
        return [literal(second), 2];
    const whole = first === '[' ? parseClass(rest) : first === '{' ? parseChoice(rest) : null;
    return whole ?? [literal(first), 1];
}
function literal(wanted) {
    return { kind: 'one', test: (character) => character === wanted };
}
function parseClass(rest) {
    const isTurned = rest[1] === '!' || rest[1] === '^';
    const start = isTurned ? 2 : 1;
    const end = rest.indexOf(']', start + 1);
    if (end < 0)
        return null;
    const tests = [];
    for (let at = start; at < end; at++) {
        const from = rest[at] ?? '';
        const to = rest[at + 2] ?? '';
        const isRange = rest[at + 1] === '-' && at + 2 < end;
        if (isRange)
            at += 2;
        tests.push(isRange ? between(from, to) : (one) => one === from);
    }
    const test = (one) => tests.some((is) => is(one)) !== isTurned;
    return [{ kind: 'one', test }, end + 1];
}
function between(from, to) {
    const point = (character) => character.codePointAt(0) ?? 0;
    const [low, high] = [point(from), point(to)];
    return (one) => low <= point(one) && point(one) <= high;
}
function parseChoice(rest) {
    const choices = [[]];
    let depth = 0;
    for (let at = 0; at < rest.length; at++) {
        const character = rest[at] ?? '';
        const isEscaped = rest[at - 1] === '\\';
        if (character === '{' && !isEscaped && depth++ === 0)
            continue;
        if (character === '}' && !isEscaped && --depth === 0)
            return choices.length === 1
                ? null
                : [{ kind: 'choice', of: choices.map(parse) }, at + 1];
        if (character === ',' && !isEscaped && depth === 1)
            choices.push([]);
        else
            choices.at(-1)?.push(character);
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/action/artifacts/select.js




const NAMES_SHOWN = 20;
const NAME_CHARACTERS_SHOWN = 100;
function selectArtifacts(artifacts, patterns) {
    const newest = newestByName(artifacts);
    const chosen = new Set();
    const unmatched = [];
    for (const pattern of patterns) {
        const found = findMatches(newest, pattern);
        if (found instanceof reader/* SourceError */.c8)
            unmatched.push({ pattern, error: found });
        else
            for (const artifact of found)
                chosen.add(artifact);
    }
    const meant = [...(patterns.length === 0 ? newest.values() : chosen)].sort(byName);
    return {
        artifacts: meant.filter(({ isExpired }) => !isExpired),
        expired: meant.filter(({ isExpired }) => isExpired),
        unmatched,
    };
}
function newestByName(artifacts) {
    const newest = new Map();
    for (const artifact of [...artifacts].sort(artifacts_artifact/* newestFirst */.l))
        if (!newest.has(artifact.name))
            newest.set(artifact.name, artifact);
    return newest;
}
function findMatches(newest, pattern) {
    const literal = newest.get(pattern);
    if (literal !== undefined)
        return [literal];
    const excess = findNameExcess(pattern);
    if (excess !== null)
        return new reader/* SourceError */.c8('PATTERN', excess);
    const matches = compileName(pattern);
    const found = [...newest.values()].filter(({ name }) => matches(name));
    return found.length > 0
        ? found
        : new reader/* SourceError */.c8('NOT_FOUND', absence(newest));
}
function absence(newest) {
    if (newest.size === 0)
        return 'the run has no artifacts';
    const names = [...newest.values()]
        .sort(byName)
        .map(({ name }) => shorten(name));
    return `the run has no artifact of this name; it has ${(0,wording/* listNames */.Zv)(names, NAMES_SHOWN)}`;
}
function shorten(name) {
    return name.length > NAME_CHARACTERS_SHOWN
        ? `${name.slice(0, NAME_CHARACTERS_SHOWN)}…`
        : name;
}
function byName({ name: one }, { name: other }) {
    return one === other ? 0 : one < other ? -1 : 1;
}

// EXTERNAL MODULE: ./lib/action/artifacts/server.js
var server = __webpack_require__(33535);
;// CONCATENATED MODULE: ./lib/action/artifacts/service.js



async function artifactService(wanted) {
    const { env, token, mask } = wanted;
    const wait = wanted.wait ?? ((milliseconds) => (0,external_node_timers_promises_.setTimeout)(milliseconds));
    const run = otherRun(wanted);
    (0,server/* assertReadableServer */.Ko)(env);
    if (run === null) {
        const { resultsService } = await __webpack_require__.e(/* import() */ 636).then(__webpack_require__.bind(__webpack_require__, 86636));
        return resultsService({ env, mask, wait });
    }
    if (token === '')
        throw new reader/* SourceError */.c8('NO_TOKEN', `The artifacts of another run (${run.id} of ${run.owner}/${run.repository}) can only be read with a token. Give \`github-token: \${{ github.token }}\`, and the job \`permissions: actions: read\`; for another repository, a token that may read that one.`);
    mask(token);
    const { restService } = await __webpack_require__.e(/* import() */ 425).then(__webpack_require__.bind(__webpack_require__, 24425));
    return restService(run, { env, token, mask, wait });
}
function otherRun({ env, runId, repository }) {
    const own = {
        id: env['GITHUB_RUN_ID'] ?? '',
        repository: env['GITHUB_REPOSITORY'] ?? '',
    };
    if (runId !== '' && !/^[1-9]\d{0,14}$/.test(runId))
        throw badInput('run-id', 'the number of a workflow run', runId);
    const [, owner, name] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(repository === '' ? own.repository : repository) ?? [];
    const isNamed = owner !== undefined && name !== undefined && !isDots(name);
    if (repository !== '' && !isNamed)
        throw badInput('repository', 'owner/name', repository);
    const isOwn = repository === '' ||
        repository.toLowerCase() === own.repository.toLowerCase();
    if (isOwn && (runId === '' || runId === own.id))
        return null;
    if (runId === '')
        throw badInput('run-id', `a workflow run of ${repository}`, runId);
    if (!isNamed)
        throw badInput('repository', 'owner/name of the run', repository);
    return { id: runId, owner, repository: name };
}
function isDots(name) {
    return name === '.' || name === '..';
}
function badInput(name, expected, given) {
    const got = given === '' ? 'nothing' : `'${given}'`;
    return new reader/* SourceError */.c8('BAD_INPUT', `Expected input '${name}' to be ${expected}, got ${got}.`);
}

;// CONCATENATED MODULE: ./lib/action/artifact-targets.js











const ALL = 'artifacts of the run';
const NAME_MAX_CHARACTERS = 200;
const CONCURRENCY = 8;
async function artifactTargets(request) {
    const { patterns, mask, transferMaxBytes } = request;
    const found = await findArtifacts(request);
    if (found instanceof reader/* SourceError */.c8)
        return {
            targets: (patterns.length > 0 ? patterns : [ALL]).map((named) => unreadable(named, found)),
            close: () => Promise.resolve(),
        };
    const { service, list } = found;
    const { artifacts, expired, unmatched } = selectArtifacts(list.artifacts, patterns);
    const downloads = downloadFolder(request.env);
    const settings = { service, mask, transferMaxBytes, folder: downloads.make };
    const sources = await openAll(artifacts, settings);
    const isOffered = patterns.length === 0 ? { isOffered: true } : {};
    const names = [...new Set(list.artifacts.map(({ name }) => name))]
        .sort()
        .map((name) => name.slice(0, NAME_MAX_CHARACTERS));
    return {
        targets: [
            ...sources.map((source) => ({
                named: source.label,
                sources: [source],
                ...isOffered,
            })),
            ...expired.map((one) => unreadable(one.name, (0,artifacts_artifact/* expiredError */.U)(one))),
            ...unmatched.map(({ pattern, error }) => error.code === 'NOT_FOUND'
                ? { named: pattern, sources: [], there: names }
                : unreadable(pattern, error)),
            ...(list.cut === null
                ? []
                : [unreadable(ALL, new reader/* SourceError */.c8('LIST_CUT', list.cut))]),
            ...(patterns.length === 0 && names.length === 0
                ? [unreadable(ALL, NO_ARTIFACTS)]
                : []),
        ],
        close: downloads.remove,
    };
}
const NO_ARTIFACTS = new reader/* SourceError */.c8('NO_ARTIFACTS', 'the run has no artifact: this step has to come after the upload, or name a `path`');
function unreadable(named, error) {
    return { named, sources: [(0,directory/* unreachableSource */.c)(named, error)] };
}
async function findArtifacts(wanted) {
    try {
        const service = await artifactService(wanted);
        return { service, list: await service.list() };
    }
    catch (error) {
        const isVerdict = error instanceof reader/* SourceError */.c8 && error.code !== 'BAD_INPUT';
        if (isVerdict)
            return error;
        throw error;
    }
}
async function openAll(artifacts, settings) {
    const opened = [];
    for (let at = 0; at < artifacts.length; at += CONCURRENCY)
        opened.push(...(await Promise.all(artifacts
            .slice(at, at + CONCURRENCY)
            .map((artifact) => openArtifact(artifact, settings)))));
    return opened;
}
function downloadFolder(env) {
    let folder = null;
    let path = '';
    const onSignal = (signal) => {
        (0,external_node_fs_.rmSync)(path, { recursive: true, force: true });
        stopListening();
        process.kill(process.pid, signal);
    };
    const stopListening = () => {
        for (const signal of SIGNALS)
            process.off(signal, onSignal);
    };
    const create = async () => {
        path = await makeFolder((0,download/* temporaryFolder */.y)(env));
        for (const signal of SIGNALS)
            process.on(signal, onSignal);
        return path;
    };
    return {
        make: () => (folder ??= create()),
        remove: async () => {
            stopListening();
            if (folder !== null)
                await (0,promises_.rm)(await folder, { recursive: true, force: true });
        },
    };
}
async function makeFolder(parent) {
    try {
        await (0,promises_.mkdir)(parent, { recursive: true });
        return await (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, 'checkpoint-gate-'));
    }
    catch (error) {
        throw (0,source_error/* toSourceError */.D)(error, parent);
    }
}
const SIGNALS = ['SIGINT', 'SIGTERM'];


/***/ }),

/***/ 73598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ expiredError),
/* harmony export */   l: () => (/* binding */ newestFirst)
/* harmony export */ });
/* harmony import */ var _core_bytes_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8316);

function expiredError({ name }) {
    return new _core_bytes_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .SourceError */ .c8('GONE', `the artifact '${name}' has expired, and its content is gone; raise \`retention-days\` of its upload, or look at it sooner`);
}
function newestFirst(one, other) {
    const times = timeOf(other) - timeOf(one);
    if (times !== 0)
        return times;
    const [a, b] = [BigInt(one.id), BigInt(other.id)];
    return a === b ? 0 : a < b ? 1 : -1;
}
function timeOf({ createdAt }) {
    return createdAt === null ? 0 : Date.parse(createdAt);
}


/***/ }),

/***/ 70035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ downloadWhole),
  y: () => (/* binding */ temporaryFolder)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./lib/core/bytes/reader.js
var reader = __webpack_require__(8316);
// EXTERNAL MODULE: ./lib/core/wording.js
var wording = __webpack_require__(49183);
// EXTERNAL MODULE: ./lib/action/artifacts/fields.js
var fields = __webpack_require__(1157);
;// CONCATENATED MODULE: ./lib/action/artifacts/quiet.js
let running = 0;
async function withoutOutput(run) {
    if (running++ === 0)
        wrap();
    try {
        return await run();
    }
    finally {
        if (--running === 0)
            unwrap();
    }
}
const COMMAND = /^::(?:add-mask|debug)::[^\r\n]*\r?\n$/;
const SIGNED = /[?&]sig=/;
let unwrap = () => undefined;
function wrap() {
    const { stdout } = process;
    const original = stdout.write;
    const filter = (chunk, encoding, done) => {
        if (typeof chunk === 'string' && COMMAND.test(chunk) && !SIGNED.test(chunk))
            return original.call(stdout, chunk);
        const told = typeof encoding === 'function' ? encoding : done;
        if (told !== undefined)
            process.nextTick(told);
        return true;
    };
    stdout.write = filter;
    unwrap = () => {
        stdout.write = original;
    };
}

// EXTERNAL MODULE: ./lib/action/artifacts/server.js
var server = __webpack_require__(33535);
;// CONCATENATED MODULE: ./lib/action/artifacts/download.js








const RESERVED_BYTES = 64 * 1024 * 1024;
function temporaryFolder(env) {
    return (0,server/* settingOf */.y7)(env, 'RUNNER_TEMP', (0,external_node_os_.tmpdir)());
}
async function downloadWhole(artifact, parent, settings) {
    const id = Number(artifact.id);
    if (!Number.isSafeInteger(id))
        throw (0,fields/* badAnswer */.k6)(`the artifact's id ${artifact.id} is too large`);
    await (0,promises_.mkdir)(parent, { recursive: true });
    await assertSpace(artifact, parent, settings.freeBytes ?? freeBytesOf);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, 'checkpoint-gate-artifact-'));
    const remove = () => (0,promises_.rm)(folder, { recursive: true, force: true });
    try {
        const isOther = await fetchInto(folder, artifact, id, settings);
        const file = await onlyFile(folder);
        const digestMatches = artifact.digest === null ? null : !isOther;
        return { ...file, digestMatches, remove };
    }
    catch (error) {
        await remove();
        throw error;
    }
}
async function assertSpace({ name, sizeBytes }, folder, freeBytes) {
    const free = await freeBytes(folder);
    if (free >= sizeBytes + RESERVED_BYTES)
        return;
    throw new reader/* SourceError */.c8('NO_SPACE', `the artifact '${name}' has ${(0,wording/* formatBytes */.z3)(sizeBytes)} and has to be downloaded whole, which needs ${(0,wording/* formatBytes */.z3)(RESERVED_BYTES)} more than that; the runner's temporary folder has ${(0,wording/* formatBytes */.z3)(free)} left. Free some space before this step, or use a larger runner.`);
}
async function freeBytesOf(folder) {
    const { bavail, bsize } = await (0,promises_.statfs)(folder);
    return bavail * bsize;
}
async function fetchInto(folder, { name, digest }, id, { findBy, client = defaultClient }) {
    const downloader = await client();
    try {
        const { digestMismatch } = await withoutOutput(() => downloader.downloadArtifact(id, {
            path: folder,
            skipDecompress: true,
            ...(digest === null ? {} : { expectedHash: digest }),
            ...(findBy === undefined ? {} : { findBy }),
        }));
        return digestMismatch === true;
    }
    catch (error) {
        throw new reader/* SourceError */.c8('UNREACHABLE', `the artifact '${name}' could not be downloaded (${whyOf(error)}), so nothing is known of it. Start the job again.`);
    }
}
async function defaultClient() {
    const { DefaultArtifactClient } = await Promise.all(/* import() */[__webpack_require__.e(555), __webpack_require__.e(251), __webpack_require__.e(500)]).then(__webpack_require__.bind(__webpack_require__, 97500));
    return new DefaultArtifactClient();
}
function whyOf(error) {
    if (typeof error !== 'object' || error === null)
        return 'unknown error';
    if ('status' in error && typeof error.status === 'number')
        return `HTTP ${error.status}`;
    if ('code' in error && typeof error.code === 'string')
        return error.code;
    const message = 'message' in error ? String(error.message) : '';
    const [tries] = /after \d+ retries/.exec(message) ?? [];
    return tries ?? 'its service refused it';
}
async function onlyFile(folder) {
    const [name, ...others] = await (0,promises_.readdir)(folder);
    if (name === undefined || others.length > 0)
        throw (0,fields/* badAnswer */.k6)(`a download left ${name === undefined ? 'no file' : 'several files'}`);
    const path = (0,external_node_path_.join)(folder, name);
    const { size } = await (0,promises_.stat)(path);
    return { path, sizeBytes: size };
}


/***/ }),

/***/ 1157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pf: () => (/* binding */ fieldsOf),
/* harmony export */   TH: () => (/* binding */ idOf),
/* harmony export */   Up: () => (/* binding */ pick),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   k6: () => (/* binding */ badAnswer),
/* harmony export */   nR: () => (/* binding */ timeOf),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   pq: () => (/* binding */ countOf)
/* harmony export */ });
/* harmony import */ var _core_bytes_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8316);

const MAX_TEXT_CHARACTERS = 16 * 1024;
function badAnswer(what) {
    return new _core_bytes_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .SourceError */ .c8('BAD_ANSWER', `GitHub's answer is not what was expected: ${what}. Nothing is concluded from it. Start the job again; if it stays so, the service has changed: report it to Checkpoint Gate, and use \`path\` after actions/download-artifact until then.`);
}
function fieldsOf(value, what) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw badAnswer(`${what} is not an object`);
    return new Map(Object.entries(value));
}
function listOf(value, what) {
    if (!Array.isArray(value))
        throw badAnswer(`${what} is not a list`);
    return Array.from(value);
}
function pick(fields, ...names) {
    for (const name of names) {
        const value = fields.get(name);
        if (value !== undefined && value !== null)
            return value;
    }
    return undefined;
}
function textOf(value, what) {
    if (typeof value !== 'string')
        throw badAnswer(`${what} is not text`);
    if (value === '' || value.length > MAX_TEXT_CHARACTERS)
        throw badAnswer(`${what} has ${value.length} characters`);
    return value;
}
function idOf(value, what) {
    const digits = typeof value === 'bigint' || Number.isSafeInteger(value)
        ? String(value)
        : value;
    if (typeof digits !== 'string' || !/^\d{1,19}$/.test(digits))
        throw badAnswer(`${what} is not a whole number from 0 on`);
    return digits;
}
function countOf(value, what) {
    const count = Number(idOf(value, what));
    if (!Number.isSafeInteger(count))
        throw badAnswer(`${what} is too large`);
    return count;
}
function timeOf(value, what) {
    if (value === undefined)
        return null;
    const time = new Date(textOf(value, what));
    if (Number.isNaN(time.getTime()))
        throw badAnswer(`${what} is not a time`);
    return time.toISOString();
}
function digestOf(value, what) {
    if (value === undefined || value === '')
        return null;
    const digits = /^(?:sha256:)?([0-9a-f]{64})$/.exec(textOf(value, what).toLowerCase())?.[1];
    return digits === undefined ? null : `sha256:${digits}`;
}


/***/ }),

/***/ 33535:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ko: () => (/* binding */ assertReadableServer),
/* harmony export */   po: () => (/* binding */ apiUrlOf),
/* harmony export */   y7: () => (/* binding */ settingOf)
/* harmony export */ });
/* harmony import */ var _core_bytes_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8316);

function assertReadableServer(env) {
    const server = settingOf(env, 'GITHUB_SERVER_URL', 'https://github.com');
    const host = URL.canParse(server) ? new URL(server).hostname : server;
    if (host === 'github.com' || /\.(?:ghe\.com|localhost)$/.test(host))
        return;
    throw new _core_bytes_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .SourceError */ .c8('GHES', 'Artifacts cannot be read on GitHub Enterprise Server: it has no artifacts of upload-artifact v4 and later. Download them first with actions/download-artifact@v3 and give the folder as `path`.');
}
function apiUrlOf(env) {
    return settingOf(env, 'GITHUB_API_URL', 'https://api.github.com');
}
function settingOf(env, name, fallback) {
    const value = env[name] ?? '';
    return value === '' ? fallback : value;
}


/***/ }),

/***/ 97209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ openAgent)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);


function openAgent(protocol, proxyEnv, options = {}) {
    const all = { ...options, keepAlive: true, proxyEnv: { ...proxyEnv } };
    return protocol === 'https:' ? new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent(all) : new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent(all);
}


/***/ }),

/***/ 93145:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ parseRetryAfter)
/* harmony export */ });
function parseRetryAfter(value, nowMs) {
    const text = value?.trim() ?? '';
    if (/^\d{1,9}$/.test(text))
        return Number(text) * 1000;
    const until = /^[A-Z][a-z]{2}, \d/.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(until) ? null : Math.max(0, until - nowMs);
}


/***/ })

};
