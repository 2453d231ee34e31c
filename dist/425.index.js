export const id = 425;
export const ids = [425];
export const modules = {

/***/ 84620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readBounded)
/* harmony export */ });
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1157);

async function readBounded(pieces, maxBytes) {
    const kept = [];
    let length = 0;
    for await (const piece of pieces) {
        if (!(piece instanceof Uint8Array))
            throw (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .badAnswer */ .k6)('it is not bytes');
        length += piece.length;
        if (length > maxBytes)
            throw (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .badAnswer */ .k6)(`it has more than ${maxBytes} bytes`);
        kept.push(piece);
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const piece of kept) {
        whole.set(piece, at);
        at += piece.length;
    }
    return whole;
}


/***/ }),

/***/ 24425:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  restService: () => (/* binding */ restService)
});

// EXTERNAL MODULE: ./lib/core/bytes/reader.js
var reader = __webpack_require__(8316);
// EXTERNAL MODULE: ./lib/core/wording.js
var wording = __webpack_require__(49183);
// EXTERNAL MODULE: ./lib/action/artifacts/artifact.js
var artifacts_artifact = __webpack_require__(73598);
// EXTERNAL MODULE: ./lib/action/artifacts/download.js + 1 modules
var download = __webpack_require__(70035);
// EXTERNAL MODULE: ./lib/action/artifacts/fields.js
var artifacts_fields = __webpack_require__(1157);
// EXTERNAL MODULE: ./lib/action/artifacts/bounded-body.js
var bounded_body = __webpack_require__(84620);
;// CONCATENATED MODULE: ./lib/action/artifacts/quota.js

const MAX_WAIT_SECONDS = 60;
function createQuota(wait) {
    let isSpent = false;
    let resetsAt = 0;
    return {
        note: (headers) => {
            isSpent = String(headers['x-ratelimit-remaining']) === '0';
            resetsAt = secondsOf(headers['x-ratelimit-reset']) * 1000;
        },
        reserve: async () => {
            if (!isSpent)
                return;
            const seconds = Math.ceil((resetsAt - Date.now()) / 1000);
            if (seconds > MAX_WAIT_SECONDS)
                throw throttled(resetsAt);
            isSpent = false;
            if (seconds >= 0)
                await wait((seconds + 1) * 1000);
        },
    };
}
function resetOf(headers) {
    const after = secondsOf(headers['retry-after']);
    if (after > 0)
        return Date.now() + after * 1000;
    const reset = secondsOf(headers['x-ratelimit-reset']);
    return reset > 0 ? reset * 1000 : null;
}
function secondsOf(value) {
    return /^\d{1,10}$/.test(String(value)) ? Number(value) : 0;
}
function throttled(resetsAt) {
    const when = resetsAt === null
        ? 'later'
        : `after ${new Date(resetsAt).toISOString().replace(/\.\d+/, '')}`;
    return new reader/* SourceError */.c8('THROTTLED', `GitHub's REST API takes no more requests of this token for now, so artifacts could not be read. All jobs of a repository share 1,000 requests an hour; naming the artifacts with \`artifact\` saves one for each other. Start the job again ${when}.`);
}

// EXTERNAL MODULE: ./lib/action/artifacts/server.js
var server = __webpack_require__(33535);
;// CONCATENATED MODULE: ./lib/action/artifacts/rest-client.js




const API_VERSION = '2022-11-28';
const MAX_RETRIES = 4;
const MAX_LIMIT_RETRIES = 1;
const TIMEOUT_MS = 30_000;
const MAX_PAGE_BYTES = 8 * 1024 * 1024;
const NOT_RETRIED = [400, 401, 403, 404, 410, 422, 429, 451];
const SILENT = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
};
async function createRestClient(surroundings) {
    const octokit = await createOctokit(surroundings);
    const quota = createQuota(surroundings.wait);
    return async (route, parameters, refusals) => {
        await quota.reserve();
        try {
            const answer = await octokit.request(`GET ${route}`, {
                ...parameters,
                headers: {
                    'x-github-api-version': API_VERSION,
                    accept: 'application/vnd.github+json',
                },
                request: { redirect: 'manual' },
            });
            const { status, headers } = answer;
            quota.note(headers);
            return { status, headers, data: answer.data };
        }
        catch (error) {
            throw refusalOf(error, refusals);
        }
    };
}
async function createOctokit({ env, token, secondMs }) {
    const { getOctokit } = await Promise.all(/* import() */[__webpack_require__.e(555), __webpack_require__.e(351)]).then(__webpack_require__.bind(__webpack_require__, 61351));
    const { defaults } = await __webpack_require__.e(/* import() */ 555).then(__webpack_require__.bind(__webpack_require__, 85555));
    const { retry } = await Promise.all(/* import() */[__webpack_require__.e(251), __webpack_require__.e(735)]).then(__webpack_require__.bind(__webpack_require__, 49735));
    const { throttling } = await Promise.all(/* import() */[__webpack_require__.e(251), __webpack_require__.e(856)]).then(__webpack_require__.bind(__webpack_require__, 86856));
    const isSoon = (seconds, _, __, retries) => seconds <= MAX_WAIT_SECONDS && retries < MAX_LIMIT_RETRIES;
    const second = { retryAfterBaseValue: secondMs ?? 1000 };
    return getOctokit(token, {
        baseUrl: (0,server/* apiUrlOf */.po)(env),
        userAgent: 'checkpoint-gate',
        log: SILENT,
        retry: { ...second, retries: MAX_RETRIES, doNotRetry: NOT_RETRIED },
        throttle: {
            ...second,
            onRateLimit: isSoon,
            onSecondaryRateLimit: isSoon,
        },
        request: {
            ...defaults.request,
            fetch: boundedFetch(defaults.request?.fetch),
        },
    }, retry, throttling);
}
function boundedFetch(given) {
    const fetchIt = isFetch(given) ? given : fetch;
    return async (url, options) => {
        const response = await fetchIt(url, {
            ...options,
            signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const body = response.body === null
            ? null
            : await (0,bounded_body/* readBounded */.C)(response.body, MAX_PAGE_BYTES);
        return new Response(body, {
            status: response.status,
            headers: [...response.headers],
        });
    };
}
function isFetch(given) {
    return typeof given === 'function';
}
function refusalOf(error, refusals) {
    if (error instanceof reader/* SourceError */.c8)
        return error;
    const cause = fieldOf(error, 'cause');
    if (cause instanceof reader/* SourceError */.c8)
        return cause;
    const status = Number(fieldOf(error, 'status'));
    const headers = headersOf(error);
    const isLimit = status === 429 ||
        (status === 403 &&
            (headers['x-ratelimit-remaining'] === '0' ||
                /\brate limit\b/i.test(String(fieldOf(error, 'message')))));
    if (isLimit)
        return throttled(resetOf(headers));
    const known = cause === undefined ? refusals[status] : undefined;
    if (known !== undefined)
        return known;
    const what = cause === undefined ? `HTTP ${status}` : 'no answer';
    return new reader/* SourceError */.c8('UNREACHABLE', `GitHub's REST API could not be read (${what}), so the artifacts are not known. Start the job again.`);
}
function headersOf(error) {
    const headers = fieldOf(fieldOf(error, 'response'), 'headers');
    return Object.fromEntries(Object.entries(typeof headers === 'object' ? (headers ?? {}) : {}).map(([name, value]) => [name, String(value)]));
}
function fieldOf(value, name) {
    return typeof value === 'object' && value !== null
        ? Reflect.get(value, name)
        : undefined;
}

// EXTERNAL MODULE: ./lib/action/artifacts/signed-url.js
var signed_url = __webpack_require__(55156);
;// CONCATENATED MODULE: ./lib/action/artifacts/rest-service.js








const PAGE_SIZE = 100;
const MAX_PAGES = 100;
function restService(run, surroundings) {
    const { env, token, mask } = surroundings;
    const base = new URL((0,server/* apiUrlOf */.po)(env));
    let client;
    const connect = () => (client ??= createRestClient(surroundings));
    const named = { owner: run.owner, repo: run.repository };
    return {
        list: async () => listAll(await connect(), run),
        sign: async (artifact) => {
            if (artifact.isExpired)
                throw (0,artifacts_artifact/* expiredError */.U)(artifact);
            const ask = await connect();
            const { status, headers } = await ask('/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/zip', { ...named, artifact_id: artifact.id }, signRefusals(run, artifact));
            if (status !== 302)
                throw (0,artifacts_fields/* badAnswer */.k6)(`HTTP ${status} where a redirect was expected`);
            return (0,signed_url/* acceptSignedUrl */.W)(headers['location'], base, mask);
        },
        download: (artifact, folder) => {
            if (artifact.isExpired)
                return Promise.reject((0,artifacts_artifact/* expiredError */.U)(artifact));
            const findBy = {
                token,
                workflowRunId: Number(run.id),
                repositoryOwner: run.owner,
                repositoryName: run.repository,
            };
            return (0,download/* downloadWhole */.Q)(artifact, folder, { findBy });
        },
    };
}
async function listAll(ask, run) {
    const artifacts = new Map();
    let total = 0;
    let hasChanged = false;
    let isLast = false;
    for (let page = 1; page <= MAX_PAGES && !isLast; page++) {
        const found = await listPage(ask, run, page);
        for (const artifact of found.artifacts)
            artifacts.set(artifact.id, artifact);
        hasChanged ||= page > 1 && found.total !== total;
        total = found.total;
        isLast = artifacts.size >= total || found.artifacts.length === 0;
    }
    if (hasChanged) {
        const cut = 'the list of artifacts changed while it was read, so that some may not be in it; start the job again';
        return { artifacts: [...artifacts.values()].sort(artifacts_artifact/* newestFirst */.l), cut };
    }
    const cut = artifacts.size >= total
        ? null
        : `the run has ${(0,wording/* formatNumber */.ZV)(total)} artifacts, of which ${(0,wording/* formatNumber */.ZV)(artifacts.size)} were listed`;
    return { artifacts: [...artifacts.values()].sort(artifacts_artifact/* newestFirst */.l), cut };
}
async function listPage(ask, run, page) {
    const { status, data } = await ask('/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
        owner: run.owner,
        repo: run.repository,
        run_id: run.id,
        per_page: PAGE_SIZE,
        page,
    }, listRefusals(run));
    if (status !== 200)
        throw (0,artifacts_fields/* badAnswer */.k6)(`HTTP ${status} instead of a list`);
    const fields = (0,artifacts_fields/* fieldsOf */.Pf)(data, 'the list');
    return {
        total: (0,artifacts_fields/* countOf */.pq)((0,artifacts_fields/* pick */.Up)(fields, 'total_count'), 'the number of artifacts'),
        artifacts: (0,artifacts_fields/* listOf */.c3)((0,artifacts_fields/* pick */.Up)(fields, 'artifacts'), 'the list').map(readArtifact),
    };
}
function readArtifact(item) {
    const fields = (0,artifacts_fields/* fieldsOf */.Pf)(item, 'an artifact');
    const isExpired = (0,artifacts_fields/* pick */.Up)(fields, 'expired');
    if (typeof isExpired !== 'boolean')
        throw (0,artifacts_fields/* badAnswer */.k6)('whether an artifact has expired is not told');
    return {
        id: (0,artifacts_fields/* idOf */.TH)((0,artifacts_fields/* pick */.Up)(fields, 'id'), "an artifact's id"),
        name: (0,artifacts_fields/* textOf */.b6)((0,artifacts_fields/* pick */.Up)(fields, 'name'), "an artifact's name"),
        sizeBytes: (0,artifacts_fields/* countOf */.pq)((0,artifacts_fields/* pick */.Up)(fields, 'size_in_bytes'), "an artifact's size"),
        digest: (0,artifacts_fields/* digestOf */.ol)((0,artifacts_fields/* pick */.Up)(fields, 'digest'), "an artifact's digest"),
        isExpired,
        createdAt: (0,artifacts_fields/* timeOf */.nR)((0,artifacts_fields/* pick */.Up)(fields, 'created_at'), "an artifact's time of creation"),
    };
}
function listRefusals(run) {
    return {
        ...permissionRefusals(run),
        404: new reader/* SourceError */.c8('NO_RUN', `The run ${run.id} of ${nameOf(run)} was not found: there is none, it was deleted, or \`github-token\` may not see that repository, for which GitHub answers the same. Look at \`run-id\`, \`repository\` and the token's \`permissions: actions: read\`.`),
    };
}
function signRefusals(run, artifact) {
    return {
        ...permissionRefusals(run),
        404: new reader/* SourceError */.c8('NOT_FOUND', `the artifact '${artifact.name}' is there no more: it was deleted or replaced since it was listed. Start the job again.`),
        410: (0,artifacts_artifact/* expiredError */.U)(artifact),
    };
}
function permissionRefusals(run) {
    return {
        401: new reader/* SourceError */.c8('NO_PERMISSION', 'GitHub does not know `github-token` (HTTP 401): it has expired, was revoked or is mistyped. Give `github-token: ${{ github.token }}`, or a new token for another repository.'),
        403: new reader/* SourceError */.c8('NO_PERMISSION', `\`github-token\` may not read the artifacts of ${nameOf(run)} (HTTP 403). The job needs \`permissions: actions: read\`; the token of a job is for its own repository, another one needs a token of its own with that permission.`),
    };
}
function nameOf({ owner, repository }) {
    return `${owner}/${repository}`;
}


/***/ }),

/***/ 55156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ acceptSignedUrl)
/* harmony export */ });
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1157);

const MIN_MASKED_CHARACTERS = 8;
function acceptSignedUrl(value, service, mask) {
    const text = (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .textOf */ .b6)(value, 'the signed URL');
    if (!URL.canParse(text))
        throw (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .badAnswer */ .k6)('the signed URL is none');
    const url = new URL(text);
    const signature = url.searchParams.get('sig');
    if (signature !== null)
        for (const form of new Set([
            signature,
            encodeURIComponent(signature),
            /[?&]sig=([^&#]*)/.exec(url.search)?.[1] ?? signature,
        ]))
            if (form.length >= MIN_MASKED_CHARACTERS)
                mask(form);
    const isPlain = url.protocol === 'http:' && service.protocol === 'http:';
    if (url.protocol !== 'https:' && !isPlain)
        throw (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .badAnswer */ .k6)('the signed URL is not of https');
    if (url.username !== '' || url.password !== '')
        throw (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .badAnswer */ .k6)('the signed URL names a user');
    return url.href;
}


/***/ })

};
