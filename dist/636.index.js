export const id = 636;
export const ids = [636];
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

/***/ 86636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  resultsService: () => (/* binding */ resultsService)
});

// EXTERNAL MODULE: ./lib/core/bytes/reader.js
var reader = __webpack_require__(8316);
// EXTERNAL MODULE: ./lib/action/artifacts/artifact.js
var artifact = __webpack_require__(73598);
// EXTERNAL MODULE: ./lib/action/artifacts/fields.js
var artifacts_fields = __webpack_require__(1157);
;// CONCATENATED MODULE: ./lib/action/artifacts/backend-ids.js


const MAX_TOKEN_CHARACTERS = 64 * 1024;
function readBackendIds(token) {
    for (const scope of scopesOf(token)) {
        const [, run, job] = /^Actions\.Results:([\w-]+):([\w-]+)$/.exec(scope) ?? [];
        if (run !== undefined && job !== undefined)
            return { run, job };
    }
    throw new reader/* SourceError */.c8('NO_RUNTIME', 'The token that the runner gave this step (ACTIONS_RUNTIME_TOKEN) does not name its run, so its artifacts cannot be asked for. Give `run-id` and `github-token`, or use `path` after actions/download-artifact.');
}
function scopesOf(token) {
    if (token.length > MAX_TOKEN_CHARACTERS)
        return [];
    const [, payload = ''] = token.split('.');
    try {
        const text = Buffer.from(payload, 'base64url').toString('utf8');
        const scopes = (0,artifacts_fields/* fieldsOf */.Pf)(JSON.parse(text), 'the token').get('scp');
        return typeof scopes === 'string' ? scopes.split(' ') : [];
    }
    catch {
        return [];
    }
}

// EXTERNAL MODULE: ./lib/action/artifacts/download.js + 1 modules
var download = __webpack_require__(70035);
// EXTERNAL MODULE: ./lib/http/agent.js
var agent = __webpack_require__(97209);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
var external_node_http_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_http_, 2);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
var external_node_https_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_https_, 2);
// EXTERNAL MODULE: ./lib/http/retry-after.js
var retry_after = __webpack_require__(93145);
// EXTERNAL MODULE: ./lib/action/artifacts/bounded-body.js
var bounded_body = __webpack_require__(84620);
;// CONCATENATED MODULE: ./lib/action/artifacts/post-json.js






const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const MAX_RETRIES = 5;
const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 60_000;
const RETRIED = [429, 500, 502, 503, 504];
async function postJson(url, request, channel) {
    const body = JSON.stringify(request);
    for (let retries = 0;; retries++) {
        const outcome = await attempt(url, body, channel);
        if (outcome instanceof reader/* SourceError */.c8) {
            if (outcome.code !== 'UNREACHABLE' || retries === MAX_RETRIES)
                throw outcome;
        }
        else if (!RETRIED.includes(outcome.status) || retries === MAX_RETRIES)
            return parse(outcome);
        await channel.wait(pauseOf(outcome, retries));
    }
}
async function attempt(url, body, channel) {
    try {
        return await send(url, body, channel);
    }
    catch (error) {
        return error instanceof reader/* SourceError */.c8 ? error : unreachable(codeOf(error));
    }
}
function pauseOf(outcome, retries) {
    const own = FIRST_PAUSE_MS * 2 ** retries;
    if (outcome instanceof reader/* SourceError */.c8 || outcome.retryAfter === null)
        return own;
    const asked = (0,retry_after/* parseRetryAfter */.m)(outcome.retryAfter, Date.now());
    if (asked === null)
        return own;
    if (asked > MAX_PAUSE_MS)
        throw throttled(asked);
    return Math.max(asked, own);
}
function send(url, body, channel) {
    const { request } = url.protocol === 'https:' ? external_node_https_namespaceObject : external_node_http_namespaceObject;
    return new Promise((resolve, reject) => {
        const sent = request(url, {
            method: 'POST',
            agent: channel.agent,
            signal: AbortSignal.timeout(TIMEOUT_MS),
            headers: {
                authorization: `Bearer ${channel.token}`,
                'content-type': 'application/json',
                'content-length': Buffer.byteLength(body),
                accept: 'application/json',
                'user-agent': 'checkpoint-gate',
            },
        });
        sent.on('response', (response) => {
            (0,bounded_body/* readBounded */.C)(response, MAX_ANSWER_BYTES).then((bytes) => {
                resolve({
                    status: response.statusCode ?? 0,
                    retryAfter: response.headers['retry-after'] ?? null,
                    body: bytes,
                });
            }, reject);
        });
        sent.on('error', reject);
        sent.end(body);
    });
}
function parse(answer) {
    if (answer.status !== 200)
        throw refused(answer);
    try {
        return JSON.parse(decode(answer.body));
    }
    catch {
        throw (0,artifacts_fields/* badAnswer */.k6)('it is not JSON');
    }
}
function refused({ status, body, retryAfter }) {
    const code = twirpCodeOf(body);
    const words = code === null ? `HTTP ${status}` : `HTTP ${status}, ${code}`;
    if (status === 401 || status === 403)
        return new reader/* SourceError */.c8('NO_PERMISSION', `GitHub's results service refused this job's own token (${words}). That token is good while the job runs, and for its run alone. Start the job again.`);
    if (status === 404)
        return new reader/* SourceError */.c8('NOT_FOUND', `GitHub's results service has no such artifact (${words}): it was deleted, or replaced since it was listed. Start the job again.`);
    if (status === 429)
        return throttled((0,retry_after/* parseRetryAfter */.m)(retryAfter ?? '', Date.now()));
    return RETRIED.includes(status)
        ? unreachable(`${words}, ${MAX_RETRIES + 1} times`)
        : (0,artifacts_fields/* badAnswer */.k6)(words);
}
function twirpCodeOf(body) {
    const [, code] = /"code"\s*:\s*"([a-z_]{1,40})"/.exec(decode(body.subarray(0, 4096))) ?? [];
    return code ?? null;
}
function decode(bytes) {
    return new TextDecoder().decode(bytes);
}
function throttled(milliseconds) {
    const when = milliseconds === null
        ? 'later'
        : `in ${Math.ceil(milliseconds / 1000)} seconds`;
    return new reader/* SourceError */.c8('THROTTLED', `GitHub's results service takes no more requests for now, so the artifacts could not be asked for. Start the job again ${when}.`);
}
function unreachable(why) {
    return new reader/* SourceError */.c8('UNREACHABLE', `GitHub's results service could not be reached (${why}), so the artifacts are not known. Start the job again; a self-hosted runner needs access to *.actions.githubusercontent.com.`);
}
function codeOf(error) {
    if (typeof error !== 'object' || error === null)
        return 'unknown error';
    if ('name' in error && error.name === 'AbortError')
        return `no answer in ${TIMEOUT_MS / 1000} seconds`;
    return 'code' in error && typeof error.code === 'string'
        ? error.code
        : 'unknown error';
}

// EXTERNAL MODULE: ./lib/action/artifacts/signed-url.js
var signed_url = __webpack_require__(55156);
;// CONCATENATED MODULE: ./lib/action/artifacts/results-service.js








const SERVICE = 'github.actions.results.api.v1.ArtifactService';
function resultsService({ env, mask, wait, }) {
    const { token, origin } = readRuntime(env);
    const own = readBackendIds(token);
    const channel = { token, agent: (0,agent/* openAgent */.Q)(origin.protocol, env), wait };
    const uploaders = new Map();
    const call = (method, request) => postJson(new URL(`/twirp/${SERVICE}/${method}`, origin), request, channel);
    return {
        list: async () => {
            const answer = await call('ListArtifacts', messageOf(own));
            const found = readList(answer);
            for (const { artifact, uploader } of found)
                uploaders.set(artifact.id, uploader);
            return listed(found);
        },
        sign: async ({ id, name }) => {
            const uploader = uploaders.get(id);
            if (uploader === undefined)
                throw new reader/* SourceError */.c8('NOT_FOUND', `the artifact '${name}' is not in this run's list`);
            const request = { ...messageOf(uploader), name };
            const answer = await call('GetSignedArtifactURL', request);
            const fields = (0,artifacts_fields/* fieldsOf */.Pf)(answer, 'the answer');
            const url = (0,artifacts_fields/* pick */.Up)(fields, 'signed_url', 'signedUrl');
            return (0,signed_url/* acceptSignedUrl */.W)(url, origin, mask);
        },
        download: (artifact, folder) => (0,download/* downloadWhole */.Q)(artifact, folder, {}),
    };
}
function readRuntime(env) {
    const token = env['ACTIONS_RUNTIME_TOKEN'] ?? '';
    const url = env['ACTIONS_RESULTS_URL'] ?? '';
    if (token === '' || !/^https?:/i.test(url) || !URL.canParse(url))
        throw new reader/* SourceError */.c8('NO_RUNTIME', 'The artifacts of this run can only be read by a step that `uses:` this action: ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set in a `run:` step nor outside of a runner. Give `run-id` and `github-token`, or use `path`.');
    return { token, origin: new URL(new URL(url).origin) };
}
function messageOf({ run, job }) {
    return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
}
function listed(found) {
    const artifacts = found.map(({ artifact }) => artifact).sort(artifact/* newestFirst */.l);
    return { artifacts, cut: null };
}
function readList(answer) {
    const artifacts = (0,artifacts_fields/* pick */.Up)((0,artifacts_fields/* fieldsOf */.Pf)(answer, 'the list'), 'artifacts');
    if (artifacts === undefined)
        return [];
    const found = (0,artifacts_fields/* listOf */.c3)(artifacts, 'the list').map(readUploaded);
    if (new Set(found.map(({ artifact }) => artifact.id)).size < found.length)
        throw (0,artifacts_fields/* badAnswer */.k6)('an artifact is listed twice');
    return found;
}
function readUploaded(item) {
    const fields = (0,artifacts_fields/* fieldsOf */.Pf)(item, 'an artifact');
    const run = (0,artifacts_fields/* pick */.Up)(fields, 'workflow_run_backend_id', 'workflowRunBackendId');
    const job = (0,artifacts_fields/* pick */.Up)(fields, 'workflow_job_run_backend_id', 'workflowJobRunBackendId');
    const createdAt = (0,artifacts_fields/* pick */.Up)(fields, 'created_at', 'createdAt');
    const artifact = {
        id: (0,artifacts_fields/* idOf */.TH)((0,artifacts_fields/* pick */.Up)(fields, 'database_id', 'databaseId'), "an artifact's id"),
        name: (0,artifacts_fields/* textOf */.b6)((0,artifacts_fields/* pick */.Up)(fields, 'name'), "an artifact's name"),
        sizeBytes: (0,artifacts_fields/* countOf */.pq)((0,artifacts_fields/* pick */.Up)(fields, 'size') ?? 0, "an artifact's size"),
        digest: (0,artifacts_fields/* digestOf */.ol)((0,artifacts_fields/* pick */.Up)(fields, 'digest'), "an artifact's digest"),
        isExpired: false,
        createdAt: (0,artifacts_fields/* timeOf */.nR)(createdAt, "an artifact's time of creation"),
    };
    return {
        artifact,
        uploader: {
            run: (0,artifacts_fields/* textOf */.b6)(run, "an artifact's run"),
            job: (0,artifacts_fields/* textOf */.b6)(job, "an artifact's job"),
        },
    };
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
