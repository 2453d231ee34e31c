#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 339:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("module");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 16:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 273:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(760);
/* harmony import */ var _platform_write_whole_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(66);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(705);
/* harmony import */ var _status_line_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(953);




const DEFAULT_WIDTH = 80;
const MAX_WIDTH = 120;
const { stdout, stderr, env } = process;
const isTerminal = stdout.isTTY;
process.exitCode = await (0,_run_js__WEBPACK_IMPORTED_MODULE_2__/* .runCli */ .a)(process.argv.slice(2), {
    cwd: process.cwd(),
    hasColour: isTerminal === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    width: Math.min(stdout.columns || DEFAULT_WIDTH, MAX_WIDTH),
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    status: (0,_status_line_js__WEBPACK_IMPORTED_MODULE_3__/* .statusLine */ .B)(stderr),
    writeFile: (path, text) => (0,_platform_write_whole_js__WEBPACK_IMPORTED_MODULE_1__/* .writeWhole */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(path), text),
});

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 705:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  a: () => (/* binding */ runCli)
});

;// CONCATENATED MODULE: ./lib/core/define-check.js
function defineCheck(check) {
    return check;
}

;// CONCATENATED MODULE: ./lib/core/formats/unsigned.js
const U64_END = 1n << 64n;
const EXACT_DIGITS = 15;
function unsignedOf(digits) {
    return digits.length <= EXACT_DIGITS
        ? Number(digits)
        : withinU64(BigInt(digits));
}
function times(left, right) {
    const product = Number(left) * Number(right);
    if (Number.isSafeInteger(product))
        return product;
    return withinU64(BigInt(left) * BigInt(right));
}
function minus(left, right) {
    return typeof left === 'number' && typeof right === 'number'
        ? left - right
        : narrow(BigInt(left) - BigInt(right));
}
function wholeBytes(bits) {
    if (typeof bits === 'number')
        return bits % 8 === 0 ? bits / 8 : null;
    return bits % 8n === 0n ? narrow(bits / 8n) : null;
}
function compareUnsigned(left, right) {
    if (left === right)
        return 0;
    return left < right ? -1 : 1;
}
function withinU64(value) {
    return value < U64_END ? narrow(value) : null;
}
function narrow(value) {
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

;// CONCATENATED MODULE: ./lib/core/formats/json/access.js

function asString(node) {
    return node?.kind === 'string' ? node.value : null;
}
function asArray(node) {
    return node?.kind === 'array' ? node.items : null;
}
function asObject(node) {
    if (node?.kind !== 'object')
        return null;
    const members = new Map();
    for (const { key, node: value } of node.entries)
        members.set(key, value);
    return members;
}
function member(node, key) {
    if (node.kind !== 'object')
        return null;
    return node.entries.findLast((entry) => entry.key === key)?.node ?? null;
}
function findRepeatedKey({ entries }) {
    const seen = new Set();
    for (const { key } of entries) {
        if (seen.has(key))
            return key;
        seen.add(key);
    }
    return null;
}
function asUnsigned(node) {
    if (node?.kind !== 'number' || !/^\d{1,20}$/.test(node.lexeme))
        return null;
    return unsignedOf(node.lexeme);
}
function isSameNode(left, right) {
    if (left.kind === 'object')
        return (right?.kind === 'object' &&
            left.entries.length === right.entries.length &&
            left.entries.every(({ key, node }, at) => {
                const other = right.entries[at];
                return other?.key === key && isSameNode(node, other.node);
            }));
    if (left.kind === 'array')
        return (right?.kind === 'array' &&
            left.items.length === right.items.length &&
            left.items.every((item, at) => isSameNode(item, right.items[at])));
    if (left.kind === 'number')
        return right?.kind === 'number' && left.lexeme === right.lexeme;
    if (left.kind === 'null')
        return right?.kind === 'null';
    return right?.kind === left.kind && left.value === right.value;
}

;// CONCATENATED MODULE: ./lib/core/layout/config-values.js
const NULL = { kind: 'null' };
function numberOf(node) {
    if (node?.kind === 'boolean')
        return node.value ? 1 : 0;
    return node?.kind === 'number' ? Number(node.lexeme) : null;
}
function isFalsy(node) {
    switch (node.kind) {
        case 'null':
            return true;
        case 'string':
            return node.value === '';
        case 'array':
            return node.items.length === 0;
        case 'object':
            return node.entries.length === 0;
        default:
            return numberOf(node) === 0;
    }
}
function isTruthy(node) {
    return node !== undefined && !isFalsy(node);
}
const TEXT_SHOWN = 60;
function wordsOf(node) {
    switch (node.kind) {
        case 'number':
            return node.lexeme.slice(0, TEXT_SHOWN);
        case 'boolean':
            return String(node.value);
        case 'string':
            return `"${node.value.slice(0, TEXT_SHOWN)}"`;
        case 'null':
            return 'null';
        case 'array':
            return 'a list';
        case 'object':
            return 'an object';
    }
}
function classOf(node) {
    switch (node.kind) {
        case 'number':
            return isWhole(node) ? 'int' : 'float';
        case 'boolean':
            return 'bool';
        case 'string':
            return 'str';
        case 'null':
            return 'NoneType';
        case 'array':
            return 'list';
        case 'object':
            return 'dict';
    }
}
function isWhole(node) {
    return node.kind === 'number' && /^-?\d+$/.test(node.lexeme);
}

;// CONCATENATED MODULE: ./lib/core/layout/python-pattern.js
function isBrokenPattern(pattern) {
    if (/\(\?(?:#|\w+[:)-])/.test(pattern))
        return false;
    let open = 0;
    let isStart = true;
    for (let at = 0; at < pattern.length; at += 1) {
        const character = pattern.charAt(at);
        const wasStart = isStart;
        isStart = false;
        switch (character) {
            case '\\':
                if (at + 1 === pattern.length)
                    return true;
                at += 1;
                break;
            case '[': {
                const end = endOfSet(pattern, at);
                if (end === null)
                    return true;
                at = end;
                break;
            }
            case '(':
                open += 1;
                isStart = true;
                if (pattern.charAt(at + 1) === '?')
                    at += 1;
                break;
            case ')':
                if (open === 0)
                    return true;
                open -= 1;
                break;
            case '|':
                isStart = true;
                break;
            case '*':
            case '+':
            case '?':
                if (wasStart)
                    return true;
                break;
        }
    }
    return open > 0;
}
function endOfSet(pattern, begin) {
    let at = begin + 1;
    if (pattern.charAt(at) === '^')
        at += 1;
    if (pattern.charAt(at) === ']')
        at += 1;
    for (; at < pattern.length; at += 1) {
        if (pattern.charAt(at) === '\\')
            at += 1;
        else if (pattern.charAt(at) === ']')
            return at;
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/core/layout/config-rules.js



function isNumberLike({ kind }) {
    return kind === 'number' || kind === 'boolean';
}
function isTextsOrNot(node) {
    return (node.kind !== 'array' || node.items.every(({ kind }) => kind === 'string'));
}
const BROKEN_PATTERN = 're.error: … at position …';
const noIterable = (found) => isFalsy(found)
    ? `TypeError: argument of type '${classOf(found)}' is not iterable`
    : `TypeError: '${classOf(found)}' object is not iterable`;
function oneOf(...texts) {
    return {
        takes: texts.map((text) => `"${text}"`).join(' or '),
        accepts: (node) => texts.includes(asString(node) ?? ''),
        raises: () => 'ValueError',
    };
}
function wholeFrom(least, besides = 'nothing') {
    return {
        takes: `a whole number from ${least} on`,
        accepts: (node) => node.kind === 'boolean'
            ? besides === 'booleans' || (besides === 'true' && node.value)
            : isWhole(node) && (numberOf(node) ?? 0) >= least,
    };
}
function wholeNumber(orNull) {
    return {
        takes: orNull ? 'a whole number or null' : 'a whole number',
        accepts: (node) => isWhole(node) ||
            node.kind === 'boolean' ||
            (orNull && node.kind === 'null'),
    };
}
const POSITIVE = {
    takes: 'a number above 0',
    accepts: (node) => node.kind === 'number' && !((numberOf(node) ?? 0) <= 0),
};
const NUMBER = {
    takes: 'a number',
    accepts: isNumberLike,
    raises: (found) => `TypeError: unsupported operand type(s) for /: '${classOf(found)}' and 'int'`,
};
const DROPOUT = {
    takes: 'a number up to 1',
    accepts: (node) => isNumberLike(node) && !((numberOf(node) ?? 0) > 1),
    raises: (found) => isNumberLike(found)
        ? `ValueError: dropout probability has to be between 0 and 1, but got ${wordsOf(found)}`
        : `TypeError: '>' not supported between instances of '${classOf(found)}' and 'float'`,
};
function share(isOpen) {
    return {
        takes: isOpen ? 'a number from 0 to below 1' : 'a number from 0 to 1',
        accepts: (node) => {
            const value = numberOf(node) ?? NaN;
            return value >= 0 && (isOpen ? value < 1 : value <= 1);
        },
        raises: () => 'ValueError',
    };
}
const EVEN = {
    takes: 'an even number above 0',
    accepts: (node) => isWhole(node) &&
        (numberOf(node) ?? 0) > 0 &&
        (numberOf(node) ?? 1) % 2 === 0,
    raises: (found) => `ValueError: The group_size must be divisible by 2 when using RoadLayer, but got ${wordsOf(found)}.`,
};
const OBJECT = {
    takes: 'an object of patterns',
    accepts: (node) => node.kind === 'object' &&
        !node.entries.some(({ key }) => isBrokenPattern(key)),
    raises: (found) => found.kind === 'object'
        ? BROKEN_PATTERN
        : `AttributeError: '${classOf(found)}' object has no attribute 'keys'`,
};
const OBJECT_OR_NOTHING = {
    takes: 'an object or null',
    accepts: (node) => isFalsy(node) || node.kind === 'object',
    raises: (found) => `AttributeError: '${classOf(found)}' object has no attribute 'items'`,
};
const NUMBER_OR_NULL = {
    takes: 'a number or null',
    accepts: (node) => isNumberLike(node) ||
        node.kind === 'null' ||
        /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(asString(node) ?? ''),
    raises: (found) => `ValueError: could not convert string to float: ${wordsOf(found)}`,
};
const OBJECT_OR_NULL = {
    takes: 'an object or null',
    accepts: ({ kind }) => kind === 'object' || kind === 'null',
    raises: () => 'TypeError: … must be a …Config, a dict, or None.',
};
const isPatternOrNot = (node) => !isBrokenPattern(asString(node) ?? '');
const NAMES_OR_NONE = {
    takes: 'a pattern or a list of names',
    accepts: (node) => !isNumberLike(node) && isTextsOrNot(node) && isPatternOrNot(node),
    raises: (found) => found.kind === 'string' ? BROKEN_PATTERN : noIterable(found),
};
const NAMES = {
    takes: 'a pattern or a list of names',
    accepts: (node) => NAMES_OR_NONE.accepts(node) && (node.kind === 'null' || !isEmpty(node)),
    raises: (found) => isEmpty(found)
        ? 'ValueError: No `target_modules` passed but also no `target_parameters` found.'
        : (NAMES_OR_NONE.raises?.(found) ?? ''),
};
function isEmpty(node) {
    return (node.kind === 'array' || node.kind === 'object') && isFalsy(node);
}
const NAMES_OR_NOTHING = {
    takes: 'a pattern, a list of names or null',
    accepts: (node) => (!isNumberLike(node) || isFalsy(node)) && isPatternOrNot(node),
    raises: (found) => found.kind === 'string'
        ? BROKEN_PATTERN
        : `TypeError: argument of type '${classOf(found)}' is not iterable`,
};
const TEXTS_OR_NOTHING = {
    takes: 'a list of texts or null',
    accepts: (node) => (!isNumberLike(node) || isFalsy(node)) &&
        isTextsOrNot(node) &&
        !/[dmns]/.test(asString(node) ?? ''),
    raises: (found) => found.kind === 'string'
        ? "KeyError: 'base_model.…"
        : `TypeError: '${classOf(found)}' object is not iterable`,
};
const LAYERS = {
    takes: 'a whole number, a list of them or null',
    accepts: (node) => node.kind === 'number' ? isWhole(node) : node.kind !== 'string',
};
const LISTS_OR_NOTHING = {
    takes: 'a list or null',
    accepts: (node) => isFalsy(node) || node.kind === 'array' || node.kind === 'object',
    raises: (found) => `TypeError: '${classOf(found)}' object is not iterable`,
};
const LIST_OR_NULL = {
    takes: 'a list or null',
    accepts: ({ kind }) => kind === 'array' || kind === 'null',
};
const LIST = {
    takes: 'a list',
    accepts: ({ kind }) => kind === 'array',
};
const TEXT = {
    takes: 'a text',
    accepts: ({ kind }) => kind === 'string',
};
const BOOLEAN = {
    takes: 'true or false',
    accepts: ({ kind }) => kind === 'boolean',
};
const SEED = {
    takes: 'a whole number',
    accepts: isWhole,
};
const SCALAR = {
    takes: 'a number, true or false',
    accepts: ({ kind }) => kind !== 'array' && kind !== 'object',
};

;// CONCATENATED MODULE: ./lib/core/layout/module-names.js
const NAME_MAX_CHARACTERS = 1000;
function isNamedBy(module, names) {
    return namingOf(module, names) !== null;
}
function namingOf(module, names) {
    if (names.has(module))
        return module;
    if (names.size === 0 || module.length > NAME_MAX_CHARACTERS)
        return null;
    for (let dot = module.indexOf('.'); dot >= 0; dot = module.indexOf('.', dot + 1)) {
        const end = module.slice(dot + 1);
        if (names.has(end))
            return end;
    }
    return null;
}
function namesOfAny(paths, names) {
    const found = new Set();
    const lasts = new Set([...names].map(lastPart));
    for (const path of paths) {
        if (names.has(path))
            found.add(path);
        if (path.length > NAME_MAX_CHARACTERS || !lasts.has(lastPart(path)))
            continue;
        for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            const end = path.slice(dot + 1);
            if (names.has(end))
                found.add(end);
        }
    }
    return found;
}
function withoutWrappers(path) {
    return path.replace(/(?:\.base_layer)+$/, '');
}
function parentOf(parameter) {
    return parameter.slice(0, Math.max(parameter.lastIndexOf('.'), 0));
}
function lastPart(path) {
    return path.slice(path.lastIndexOf('.') + 1);
}

;// CONCATENATED MODULE: ./lib/core/layout/pattern-escapes.js
class UnsupportedPattern extends Error {
}
function escapedTest(character) {
    switch (character) {
        case 'd':
            return (one) => /\d/.test(one);
        case 'w':
            return (one) => /[\p{L}\p{N}_]/u.test(one);
        case 's':
            return (one) => /\s/.test(one);
        case 'D':
            return (one) => !/\d/.test(one);
        case 'S':
            return (one) => !/\s/.test(one);
        case 'W':
            return (one) => !/[\p{L}\p{N}_]/u.test(one);
        default:
            if (/[A-Za-z0-9]/.test(character))
                throw new UnsupportedPattern();
            return (one) => one === character;
    }
}

;// CONCATENATED MODULE: ./lib/core/layout/pattern-match.js

const PATTERN_MAX_CHARACTERS = 2000;
const MAX_STATES = 1000;
const TEXT_MAX_CHARACTERS = 1000;
function fullMatcher(pattern) {
    if (pattern.length > PATTERN_MAX_CHARACTERS)
        return null;
    try {
        const states = [];
        const whole = new Reader(Array.from(pattern), states).read();
        return (text) => text.length <= TEXT_MAX_CHARACTERS && isMatch(states, whole, text);
    }
    catch (error) {
        if (error instanceof UnsupportedPattern)
            return null;
        throw error;
    }
}
function isMatch(states, { begin, end }, text) {
    let now = closure(states, [begin]);
    for (const character of text) {
        const next = [];
        for (const at of now) {
            const state = states[at];
            if (state?.test?.(character))
                next.push(...state.next);
        }
        now = closure(states, next);
        if (now.size === 0)
            return false;
    }
    return now.has(end);
}
function closure(states, from) {
    const reached = new Set();
    const waiting = [...from];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
        if (reached.has(at))
            continue;
        reached.add(at);
        const state = states[at];
        if (state?.test === null)
            waiting.push(...state.next);
    }
    return reached;
}
class Reader {
    #pattern;
    #states;
    #at = 0;
    constructor(pattern, states) {
        this.#pattern = pattern;
        this.#states = states;
    }
    read() {
        if (this.#peek() === '^')
            this.#at += 1;
        const whole = this.#alternatives();
        if (this.#at < this.#pattern.length)
            throw new UnsupportedPattern();
        return whole;
    }
    #peek() {
        return this.#pattern[this.#at];
    }
    #take() {
        const character = this.#pattern[this.#at];
        if (character === undefined)
            throw new UnsupportedPattern();
        this.#at += 1;
        return character;
    }
    #state(test) {
        if (this.#states.length >= MAX_STATES)
            throw new UnsupportedPattern();
        return this.#states.push({ test, next: [] }) - 1;
    }
    #link(from, to) {
        this.#states[from]?.next.push(to);
    }
    #alternatives() {
        const begin = this.#state(null);
        const end = this.#state(null);
        do {
            const one = this.#sequence();
            this.#link(begin, one.begin);
            this.#link(one.end, end);
        } while (this.#skip('|'));
        return { begin, end };
    }
    #skip(character) {
        if (this.#peek() !== character)
            return false;
        this.#at += 1;
        return true;
    }
    #sequence() {
        const begin = this.#state(null);
        let end = begin;
        for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) {
            if (next === '$' && this.#at === this.#pattern.length - 1) {
                this.#at += 1;
                continue;
            }
            const from = this.#at;
            const one = this.#repeated(this.#atom(), from);
            this.#link(end, one.begin);
            end = one.end;
        }
        return { begin, end };
    }
    #atom() {
        const character = this.#take();
        switch (character) {
            case '(':
                return this.#group();
            case '[':
                return this.#single(this.#set());
            case '.':
                return this.#single((one) => one !== '\n');
            case '\\':
                return this.#single(escapedTest(this.#take()));
            case '*':
            case '+':
            case '?':
            case '{':
            case '^':
            case '$':
                throw new UnsupportedPattern();
            default:
                return this.#single((one) => one === character);
        }
    }
    #single(test) {
        const begin = this.#state(test);
        const end = this.#state(null);
        this.#link(begin, end);
        return { begin, end };
    }
    #group() {
        if (this.#skip('?')) {
            if (this.#skip('P')) {
                if (this.#take() !== '<')
                    throw new UnsupportedPattern();
                while (this.#take() !== '>')
                    ;
            }
            else if (this.#take() !== ':')
                throw new UnsupportedPattern();
        }
        const inner = this.#alternatives();
        if (this.#take() !== ')')
            throw new UnsupportedPattern();
        return inner;
    }
    #set() {
        const isOther = this.#skip('^');
        const tests = [];
        do {
            const from = this.#take();
            if (from === '\\')
                tests.push(escapedTest(this.#take()));
            else if (this.#peek() === '-' && this.#pattern[this.#at + 1] !== ']') {
                this.#at += 1;
                const to = this.#take();
                if (to === '\\' || to < from)
                    throw new UnsupportedPattern();
                tests.push((one) => one >= from && one <= to);
            }
            else
                tests.push((one) => one === from);
        } while (this.#peek() !== ']');
        this.#at += 1;
        return (one) => tests.some((test) => test(one)) !== isOther;
    }
    #repeated(part, from) {
        switch (this.#peek()) {
            case '*':
            case '+':
            case '?':
                return this.#loop(part, this.#take());
            case '{':
                return this.#counted(part, from);
            default:
                return part;
        }
    }
    #loop(part, sign) {
        const begin = this.#state(null);
        const end = this.#state(null);
        this.#link(begin, part.begin);
        this.#link(part.end, end);
        if (sign !== '+')
            this.#link(begin, end);
        if (sign !== '?')
            this.#link(part.end, part.begin);
        this.#skip('?');
        return { begin, end };
    }
    #counted(first, from) {
        const close = this.#pattern.indexOf('}', this.#at);
        const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}$/.exec(this.#pattern.slice(this.#at, close + 1).join('')) ?? [];
        if (least === undefined || comma === undefined)
            throw new UnsupportedPattern();
        const isOpen = comma !== '' && most === '';
        const last = comma === '' ? Number(least) : Number(most);
        const after = close + 1;
        const copies = isOpen ? Number(least) + 1 : last;
        if (copies === 0 || copies > MAX_STATES)
            throw new UnsupportedPattern();
        const end = this.#state(null);
        let part = first;
        let begin = null;
        let before = null;
        for (let copy = 1; copy <= copies; copy += 1) {
            if (copy > 1) {
                this.#at = from;
                part = this.#atom();
            }
            const isLoop = isOpen && copy === copies;
            const own = isLoop ? this.#loopOnce(part) : part;
            const start = this.#state(null);
            this.#link(start, own.begin);
            if (copy > Number(least))
                this.#link(start, end);
            if (before !== null)
                this.#link(before, start);
            begin ??= start;
            before = own.end;
        }
        if (before !== null)
            this.#link(before, end);
        this.#at = after;
        this.#skip('?');
        return { begin: begin ?? first.begin, end };
    }
    #loopOnce(part) {
        this.#link(part.end, part.begin);
        return part;
    }
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/targets.js



function namesIn(node) {
    const names = asArray(node)?.map(asString);
    return names?.every((name) => name !== null) ? names : null;
}
function targeting(fields) {
    const targets = namedBy(fields.get('target_modules'));
    const out = fields.get('exclude_modules');
    const isUnset = out === undefined ||
        out.kind === 'null' ||
        (out.kind === 'string' && out.value === '');
    const excluded = isUnset ? () => false : namedBy(out);
    const isLayer = layerTest(fields);
    if (targets === null || excluded === null || isLayer === null)
        return null;
    const parents = parentsOf(namesIn(fields.get('target_parameters')) ?? []);
    const wholeNames = new Set(namesIn(fields.get('target_modules')));
    const isPattern = fields.get('target_modules')?.kind === 'string';
    return (module) => {
        const own = withoutWrappers(module);
        const depth = (module.length - own.length) / BASE_LAYER.length;
        const parent = namingOf(own, parents.names);
        if (parent !== null && depth < (parents.counts.get(parent) ?? 0))
            return true;
        if (excluded(own) || !targets(own))
            return false;
        return isPattern || wholeNames.has(own) || isLayer(own);
    };
}
function isAllLinear(node) {
    return asString(node)?.toLowerCase() === 'all-linear';
}
function isByPattern(fields) {
    const isPattern = (node) => node?.kind === 'string' && node.value !== '' && !isAllLinear(node);
    return (isPattern(fields.get('target_modules')) ||
        isPattern(fields.get('exclude_modules')));
}
function namedBy(node) {
    if (node?.kind === 'string')
        return isAllLinear(node) || node.value === ''
            ? null
            : fullMatcher(node.value);
    if (node === undefined || node.kind === 'null')
        return null;
    const names = namesIn(node);
    if (names === null)
        return null;
    const known = new Set(names);
    return (module) => isNamedBy(module, known);
}
const BASE_LAYER = '.base_layer';
function parentsOf(parameters) {
    const counts = new Map();
    for (const name of parameters) {
        const parent = parentOf(name);
        counts.set(parent, (counts.get(parent) ?? 0) + 1);
    }
    return { counts, names: new Set(counts.keys()) };
}
function layerTest(fields) {
    const node = fields.get('layers_to_transform');
    if (node === undefined || node.kind === 'null')
        return () => true;
    const numbers = (asArray(node) ?? [node]).map((one) => one.kind === 'number' && /^\d+$/.test(one.lexeme) ? Number(one.lexeme) : -1);
    if (numbers.length === 0)
        return () => true;
    const layers = new Set(numbers);
    const stacks = stacksIn(fields.get('layers_pattern'));
    if (stacks === null)
        return null;
    return (module) => layers.has(layerOf(module, stacks) ?? -1);
}
function stacksIn(node) {
    if (node === undefined || node.kind === 'null')
        return [];
    const names = node.kind === 'string' ? [node.value] : namesIn(node);
    const isPlain = names?.every((name) => /^\w*$/.test(name)) ?? false;
    return isPlain ? (names?.filter((name) => name !== '') ?? null) : null;
}
function layerOf(module, stacks = []) {
    const parts = module.split('.');
    const first = stacks.length === 0 ? 2 : 1;
    for (let at = first; at < parts.length - 1; at += 1) {
        const part = parts[at] ?? '';
        const first = part.charCodeAt(0);
        if (!(first >= 0x30 && first <= 0x39) || !/^\d+$/.test(part))
            continue;
        if (stacks.length === 0 || stacks.includes(parts[at - 1] ?? ''))
            return Number(part);
    }
    return null;
}
function rankOf(fields, module, defaultRank) {
    for (const [name, node] of asObject(fields.get('rank_pattern')) ?? []) {
        if (!/^[\w.-]*$/.test(name))
            return null;
        if (module === name || module.endsWith(`.${name}`))
            return wholeIn(node);
    }
    return rankIn(fields, defaultRank);
}
function rankIn(fields, defaultRank) {
    const rank = fields.get('r');
    return rank === undefined ? defaultRank : wholeIn(rank);
}
function wholeIn(node) {
    if (node.kind === 'boolean')
        return node.value ? 1 : null;
    return node.kind === 'number' && /^\d+$/.test(node.lexeme)
        ? Number(node.lexeme)
        : null;
}
function findGaps(modules, isTargeted, isPerhapsTargeted = isTargeted) {
    const kinds = new Map();
    for (const path of modules) {
        const layer = layerOf(path);
        if (layer === null)
            continue;
        const kind = path.replace(`.${layer}.`, '.#.');
        kinds.set(kind, (kinds.get(kind) ?? new Set()).add(layer));
    }
    const stacks = new Map();
    for (const [kind, layers] of kinds) {
        const stack = stackOf(kind);
        const all = stacks.get(stack) ?? new Set();
        for (const layer of layers)
            all.add(layer);
        stacks.set(stack, all);
    }
    const whole = [...stacks].flatMap(([stack, layers]) => wholeGap(stack, layers).filter(({ layers: [layer] }) => [...kinds.keys()].some((kind) => stackOf(kind) === stack &&
        isPerhapsTargeted(kind.replace('.#.', `.${layer}.`)))));
    const single = [...kinds].flatMap(([kind, layers]) => {
        const all = stacks.get(stackOf(kind)) ?? layers;
        const missing = [...all].filter((layer) => !layers.has(layer) && isTargeted(kind.replace('.#.', `.${layer}.`)));
        return missing.length === 1
            ? [{ kind, layers: missing, isWholeLayer: false }]
            : [];
    });
    return [...whole, ...single];
}
function stackOf(kind) {
    return kind.slice(0, kind.indexOf('.#.'));
}
function wholeGap(stack, layers) {
    let last = 0;
    for (const layer of layers)
        last = Math.max(last, layer);
    if (last + 1 > 2 * layers.size)
        return [];
    const missing = [];
    for (let layer = 0; layer < last; layer += 1)
        if (!layers.has(layer))
            missing.push(layer);
    return missing.length === 1
        ? [{ kind: `${stack}.#`, layers: missing, isWholeLayer: true }]
        : [];
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/unsupported.js





const SETTINGS = [
    ['lora_bias', ['embeddings', 'parameters'], isOn('lora_bias')],
    [
        'init_lora_weights',
        ['convolutions', 'parameters'],
        startsLike(/^(?:pissa|olora$|mica$)/i),
    ],
    ['init_lora_weights', ['convolutions'], startsLike(/^(?:eva|orthogonal)$/)],
    [
        'fan_in_fan_out',
        ['parameters'],
        (fields) => isOn('fan_in_fan_out')(fields) && !isOn('target_modules')(fields),
    ],
    ...['lora_dropout', 'use_dora', 'velora_config', 'kasa_config'].map((field) => [field, ['parameters'], isOn(field)]),
];
function isOn(field) {
    return (fields) => isTruthy(fields.get(field));
}
function startsLike(pattern) {
    return (fields) => pattern.test(asString(fields.get('init_lora_weights')) ?? '');
}
const LAYERED = 'ADALORA ADAMSS BOFT C3A DEFT DELORA FOURIERFT FROD GRALORA HIRA HRA LILY LOHA LOKR LORA MISS OFT PEANUT PSOFT PVERA RANDLORA TINYLORA UNILORA VBLORA VERA WAVEFT'.split(' ');
function refusedLayers({ config, keys, rule, }) {
    const node = config.fields.get('layers_to_transform');
    const targets = new Set(namesIn(config.fields.get('target_modules')));
    if (node === undefined || LAYERS.accepts(node))
        return null;
    const isByEnd = rule.sets.length === 0 ||
        [...keys.modules.keys()].some((path) => !targets.has(path) && isNamedBy(path, targets));
    return LAYERED.includes(config.peftType) && isByEnd
        ? {
            field: 'layers_to_transform',
            found: wordsOf(node),
            takes: LAYERS.takes,
            raises: "TypeError: argument of type 'float' is not iterable",
        }
        : null;
}
function unsupportedIn(meaning) {
    const { config } = meaning;
    if (config.peftType !== 'LORA')
        return null;
    for (const [field, kinds, isRefused] of SETTINGS) {
        const node = config.fields.get(field);
        if (node === undefined || !isRefused(config.fields))
            continue;
        for (const kind of kinds) {
            const names = NAMES_OF[kind](meaning);
            if (names.length > 0)
                return { setting: `${field} = ${wordsOf(node)}`, kind, names };
        }
    }
    return null;
}
const NAMES_OF = {
    convolutions: ({ keys }) => [...keys.modules.values()].flatMap(({ path, tensors }) => {
        const [tensor] = tensors.get('lora_A.weight') ?? [];
        return (tensor?.shape.length ?? 0) > LINEAR_DIMENSIONS ? [path] : [];
    }),
    embeddings: ({ keys }) => [...keys.modules.values()].flatMap(({ path, tensors }) => tensors.has('lora_embedding_A') ? [path] : []),
    parameters: adaptedParameters,
};
const LINEAR_DIMENSIONS = 2;
function adaptedParameters({ keys, config }) {
    const listed = namesIn(config.fields.get('target_parameters')) ?? [];
    if (listed.length === 0)
        return [];
    const parents = new Set(listed.map(parentOf));
    const adapted = new Set([...keys.modules.keys()].map((path) => namingOf(withoutWrappers(path), parents)));
    return listed.filter((name) => adapted.has(parentOf(name)));
}

// EXTERNAL MODULE: ./lib/core/bytes/limits.js
var limits = __nccwpck_require__(619);
;// CONCATENATED MODULE: ./lib/core/wording.js

const BYTES_PER_KIB = 1024;
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
function formatBytes(bytes) {
    if (bytes < BYTES_PER_KIB)
        return formatCount(bytes, 'byte');
    let value = bytes;
    let unit = UNITS[0];
    for (const next of UNITS) {
        value /= BYTES_PER_KIB;
        unit = next;
        if (Math.round(value) < BYTES_PER_KIB)
            break;
    }
    return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}
const SIZE = /^(\d{1,15}(?:\.\d{1,6})?)\s*(?:([KMGT])(i?)B|B|bytes)?$/i;
const POWERS = ' KMGT';
const SIZE_WORDS = 'a size such as 4GiB, 512MiB or a number of bytes';
function parseBytes(text) {
    const [, number, unit, binary] = SIZE.exec(text.trim()) ?? [];
    if (number === undefined)
        return null;
    const base = binary === '' ? 1000 : BYTES_PER_KIB;
    const power = unit === undefined ? 0 : POWERS.indexOf(unit.toUpperCase());
    const bytes = Math.round(Number(number) * base ** power);
    return Number.isSafeInteger(bytes) ? bytes : null;
}
function formatNumber(value) {
    return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
function formatCount(count, noun, plural = `${noun}s`) {
    return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}
function listNames(names, shown = limits/* NAMES_SHOWN */.t6) {
    const rest = names.length - shown;
    const listed = names.slice(0, shown).join(', ');
    return rest > 0 ? `${listed} and ${formatNumber(rest)} more` : listed;
}
function joinWords(words) {
    const last = words.at(-1) ?? '';
    const others = words.slice(0, -1);
    return others.length === 0 ? last : `${others.join(', ')} and ${last}`;
}
const SPANS_SHOWN = 4;
function stepsIn({ first, last, every }) {
    return every === 0 ? 1 : Math.floor((last - first) / every) + 1;
}
function formatSteps(spans, shown = SPANS_SHOWN) {
    if (spans.length <= shown)
        return spans.map(formatSpan).join(', ');
    const rest = spans
        .slice(shown - 1, -1)
        .reduce((sum, span) => sum + stepsIn(span), 0);
    const [first, last] = [spans.slice(0, shown - 1), spans.slice(-1)];
    return `${first.map(formatSpan).join(', ')}, … ${last.map(formatSpan).join('')} (${formatNumber(rest)} more between)`;
}
const STEPS_SHOWN = 4;
function formatSpan({ first, last, every }) {
    if (every === 0)
        return formatNumber(first);
    const count = stepsIn({ first, last, every });
    const told = Array.from({ length: Math.min(count, STEPS_SHOWN) }, (_, at) => formatNumber(first + at * every));
    return count <= STEPS_SHOWN
        ? told.join(', ')
        : [...told.slice(0, 2), `… ${formatNumber(last)}`].join(', ');
}

;// CONCATENATED MODULE: ./lib/core/formats/content.js
const content_NAMES = {
    empty: 'an empty file',
    'zero-filled': 'a file of zeros only',
    'lfs-pointer': 'a Git LFS pointer',
    html: 'an HTML page',
    xml: 'an XML document',
    json: 'a JSON document',
    text: 'a text file',
    unknown: 'content of no known format',
    safetensors: 'a safetensors file',
    zip: 'a zip archive',
    'torch-legacy': 'a torch file of the legacy (non-zip) format',
    pickle: 'a bare Python pickle',
    gguf: 'a GGUF file',
    npy: 'a NumPy .npy file',
    '7z': 'a 7z archive',
    gzip: 'a gzip archive',
    zstd: 'a Zstandard archive',
    xz: 'an xz archive',
    bzip2: 'a bzip2 archive',
    tar: 'a tar archive',
    hdf5: 'an HDF5 file',
    tflite: 'a TensorFlow Lite model',
    'torch-preview': 'a torch archive of the preview format',
};
function contentName(kind) {
    return content_NAMES[kind];
}
const PLACEHOLDERS = [
    'empty',
    'zero-filled',
    'lfs-pointer',
    'html',
    'xml',
    'json',
    'text',
];
function isPlaceholder(kind) {
    return PLACEHOLDERS.includes(kind);
}

;// CONCATENATED MODULE: ./lib/core/checks/placeholder-advice.js

const DOWNLOAD_AGAIN = 'Fetch the file again, with the credentials that it needs, and let the download fail on an error status (curl --fail).';
const PULL_LFS = 'Run `git lfs pull`, or check out with `lfs: true`.';
const NEVER_FILLED = 'The file was given its size and never filled: look for a crash or a full disk while it was saved';
const ADVICE = new Map([
    ['lfs-pointer', PULL_LFS],
    ['html', DOWNLOAD_AGAIN],
    ['xml', DOWNLOAD_AGAIN],
    ['zero-filled', `${NEVER_FILLED}.`],
].map(([kind, advice]) => [contentName(kind), advice]));
function placeholderAdvice(found) {
    return ADVICE.get(found) ?? null;
}

;// CONCATENATED MODULE: ./lib/core/checks/wording.js

function exactBytes(bytes) {
    return formatCount(bytes, 'byte');
}
function partOfBytes(part, whole) {
    return `${formatNumber(part)} of ${exactBytes(whole)}`;
}
const UPLOAD_LOSSES = 'An upload also leaves out empty folders, and names that begin with a dot unless `include-hidden-files: true` is set: what is not here may have been lost on the way.';

;// CONCATENATED MODULE: ./lib/core/checks/json-words.js

function isBeyondOurs({ code }) {
    return (code === 'too-large' || code === 'too-deep' || code === 'too-many-values');
}
function jsonDefectWords(defect) {
    switch (defect.code) {
        case 'empty':
            return 'is empty';
        case 'truncated':
            return `ends in the middle of a value, at byte ${defect.at}`;
        case 'byte-order-mark':
            return 'begins with a byte order mark, which Python refuses';
        case 'too-large':
            return `has ${exactBytes(defect.sizeBytes)}, more than the ${exactBytes(defect.maxBytes)} that are read`;
        default:
            return `is not valid JSON at byte ${defect.at} (${defect.code})`;
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/config-json.js



function configJsonMessages(name, refusal, ofOthers = []) {
    return {
        notJson: {
            text: ({ words }) => `${name} ${words}.`,
            loaderErrors: () => [refusal],
        },
        placeholder: {
            text: ({ found }) => `${name} is ${found}, not JSON.`,
            fix: ({ found }) => placeholderAdvice(found) ?? 'Put the real file in its place.',
            loaderErrors: () => [refusal],
        },
        notAnObject: {
            text: () => `${name} is JSON but not an object.`,
            loaderErrors: () => ofOthers,
        },
    };
}
async function reportNotJson(file, defect, report) {
    if (isBeyondOurs(defect))
        return;
    const where = { path: file.path };
    const found = await placeholderIn(file, defect);
    if (found !== null)
        report('placeholder', { found }, where);
    else
        report('notJson', { words: jsonDefectWords(defect) }, where);
}
async function placeholderIn(file, defect) {
    if (defect.code === 'empty')
        return null;
    const { kind } = await file.content();
    switch (kind) {
        case 'lfs-pointer':
        case 'html':
        case 'xml':
        case 'text':
        case 'zero-filled':
            return contentName(kind);
        default:
            return null;
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-config-invalid.js





const MLX_KEYS = ['fine_tune_type', 'lora_parameters'];
const adapterConfigInvalid = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-config-invalid',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Adapter configuration invalid',
        why: 'PEFT reads adapter_config.json first and refuses the adapter with it. A cut or empty file means that the save did not end.',
        fix: 'Save again through model.save_pretrained(folder). If a sibling checkpoint of the same run has a whole adapter_config.json, that file fits here too.',
        since: '0.1.0',
    },
    messages: {
        ...configJsonMessages('adapter_config.json', 'json.decoder.JSONDecodeError: …', ['TypeError']),
        noType: {
            text: ({ keys }) => `adapter_config.json does not say which kind of adapter this is: it has no peft_type${keys.length === 0 ? ', nor any other key' : `, only ${listNames(keys)}`}.`,
            why: 'Without peft_type PEFT cannot choose a class and refuses the adapter. Test stubs and other tools write such files.',
            loaderErrors: () => ["KeyError: 'peft_type'"],
        },
        ofMlx: {
            text: ({ weights }) => `adapter_config.json is MLX's, the weights beside it (${weights}) are named as PEFT's.`,
            why: 'PEFT and MLX use the same name for configurations of different formats; neither loads the weights of the other.',
            fix: "Put PEFT's own adapter_config.json beside the weights, or rename and convert them if they are MLX's.",
            loaderErrors: () => ["KeyError: 'peft_type'"],
        },
        typeNotText: {
            text: ({ found }) => `adapter_config.json has a peft_type that is no text but ${found}.`,
            loaderErrors: () => ['KeyError', 'TypeError: unhashable type'],
        },
        rank: {
            text: ({ peftType, found }) => `adapter_config.json has r = ${found}, which ${peftType} refuses: a rank is a positive whole number.`,
            why: 'The rank decides the shapes of all tensors; PEFT raises when it builds the layers.',
            fix: 'Save the configuration of the live model instead of one put together by hand.',
            loaderErrors: ({ found }) => [
                `ValueError: \`r\` should be a positive integer value but the value passed is ${found}`,
                'TypeError',
            ],
        },
        fields: {
            text: ({ peftType, refused }) => `adapter_config.json has ${listNames(refused.map((one) => refusedWords(one, peftType)))}.`,
            why: 'PEFT raises when it builds the adapter from the configuration, or when the model is first run.',
            fix: 'Save the configuration of the live model instead of one put together or edited by hand.',
            loaderErrors: ({ refused }) => [
                ...new Set(refused.slice(0, limits/* NAMES_SHOWN */.t6).map(({ raises }) => raises)),
            ],
        },
        unsupported: {
            text: ({ setting, kind, names }) => `adapter_config.json has ${setting}, which PEFT does not have for ${kind} (${listNames(names)}).`,
            why: 'PEFT raises when it builds the layer.',
            fix: 'Save the configuration of the live model again: the training was without the setting.',
            loaderErrors: () => [
                'ValueError: lora_bias=True is not supported for Embedding.',
                'ValueError: lora.ParamWrapper does not work with lora_bias=True.',
                "ValueError: Invalid or unsupported variant combination: ('mica',)",
                "ValueError: Unknown initialization init_lora_weights='pissa'",
            ],
        },
    },
    async run({ subject, report }) {
        for (const adapter of subject.adapters) {
            const config = await adapter.config();
            if (config === null || adapter.configFile === null)
                continue;
            const where = { path: adapter.configFile.path };
            if (config.ok) {
                const meaning = await adapter.meaning();
                const unsupported = meaning && unsupportedIn(meaning);
                const layers = meaning && refusedLayers(meaning);
                if (layers !== null)
                    report('fields', {
                        peftType: config.value.peftType,
                        refused: [{ ...layers }],
                    }, where);
                if (unsupported !== null)
                    report('unsupported', unsupported, where);
                continue;
            }
            const { defect } = config;
            switch (defect.code) {
                case 'not-an-object':
                    report('notAnObject', {}, where);
                    break;
                case 'no-peft-type':
                    if (!defect.keys.some((key) => MLX_KEYS.includes(key)))
                        report('noType', { keys: [...defect.keys] }, where);
                    else if (adapter.weights !== null)
                        report('ofMlx', { weights: adapter.weights.file.name }, where);
                    break;
                case 'peft-type-not-a-string':
                    report('typeNotText', { found: defect.found }, where);
                    break;
                case 'rank-invalid':
                    report('rank', { peftType: defect.peftType, found: defect.found }, where);
                    break;
                case 'fields-invalid':
                    report('fields', {
                        peftType: defect.peftType,
                        refused: defect.refused.map((one) => ({ ...one })),
                    }, where);
                    break;
                default:
                    await reportNotJson(adapter.configFile, defect, report);
            }
        }
    },
});
function refusedWords({ field, found, takes }, peftType) {
    const has = found === '' ? `no ${field}` : `${field} = ${found}`;
    return `${has} (${peftType} takes ${takes})`;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-config-missing.js


const adapterConfigMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-config-missing',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Adapter configuration missing',
        why: 'Without adapter_config.json PEFT does not know what the weights are, and refuses to load them. PEFT writes it after the weights, so the save may have been cut off between the two.',
        fix: 'Save through model.save_pretrained(folder). If a sibling checkpoint of the same run has its adapter_config.json, that file fits here too.',
        since: '0.1.0',
    },
    messages: {
        missing: {
            text: ({ weights, bytes }) => `${weights} (${formatBytes(bytes)}) is there, adapter_config.json is not.`,
            loaderErrors: () => [
                "ValueError: Can't find 'adapter_config.json' at '…'",
            ],
        },
    },
    run({ subject, report }) {
        for (const { configFile, weights, path } of subject.adapters)
            if (configFile === null && weights !== null)
                report('missing', { weights: weights.file.name, bytes: weights.file.sizeBytes }, { path });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-in-subfolder.js


const adapterInSubfolder = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-in-subfolder',
        question: 'loads',
        severity: 'notice',
        confidence: 'proven',
        title: 'Adapter only in a subfolder of its name',
        why: 'PEFT saves an adapter that is not called `default` into a subfolder of its name. Loading the folder above finds nothing.',
        fix: 'Load the subfolder, or name the adapter `default`.',
        since: '0.1.0',
    },
    messages: {
        only: {
            text: ({ paths }) => `There is no adapter in the folder itself. The path to load is ${listNames(paths)}.`,
        },
    },
    run({ subject: { adapters }, report }) {
        if (adapters.length === 0 || adapters.some(({ name }) => name === null))
            return;
        report('only', { paths: adapters.map(({ path }) => path) });
    },
});

;// CONCATENATED MODULE: ./lib/core/layout/once-per.js
function oncePer(make) {
    const known = new WeakMap();
    return (of) => {
        const before = known.get(of);
        if (before !== undefined)
            return before.made;
        const made = make(of);
        known.set(of, { made });
        return made;
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/rules.js
function parameter(text) {
    const [suffix = '', ...shape] = text.split(' ');
    return { suffix, shape };
}
function rules_layer(required, optional = [], where = {}) {
    return {
        required: required.map(parameter),
        optional: optional.map(parameter),
        namedBy: null,
        onlyWith: [],
        ...where,
    };
}
function type(sets, more = {}) {
    return {
        sets,
        shared: rules_layer([]),
        prompt: [],
        neutral: [],
        sharedNeutral: [],
        lifeless: [],
        sharedLifeless: [],
        neutralPairs: null,
        switched: [],
        together: [],
        defaultRank: null,
        fields: {},
        sharedSwitch: null,
        tied: [],
        recomputed: [],
        sizes: null,
        hasRankPattern: true,
        readsExactKeys: false,
        ...more,
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/derived-sizes.js


function tensorOf({ tensors }, suffix, dimensions) {
    const tensor = tensors.get(suffix)?.[0];
    return tensor?.shape.length === dimensions ? tensor : null;
}
function numberIn(fields, field, byDefault) {
    return numberOf(fields.get(field)) ?? byDefault;
}
const PARTS_OF_VARIANT = new Map([
    ['road_1', 1 / 2],
    ['road_2', 1],
    ['road_4', 2],
]);
const roadSizes = (module, fields) => {
    const tensor = tensorOf(module, 'road_theta', 1);
    const variant = asString(fields.get('variant')) ?? 'road_1';
    const parts = PARTS_OF_VARIANT.get(variant);
    const group = numberIn(fields, 'group_size', 64);
    if (tensor === null || parts === undefined || !(group > 0))
        return null;
    const [size = 0] = tensor.shape;
    return (size / parts) % group === 0
        ? null
        : { tensor, expected: `a multiple of ${group * parts}` };
};
const oftSizes = (module, fields) => {
    const tensor = tensorOf(module, 'oft_R.weight', 2);
    if (tensor === null)
        return null;
    const [blocks = 0, angles = 0] = tensor.shape;
    const side = (1 + Math.sqrt(1 + 8 * angles)) / 2;
    if (!Number.isInteger(side))
        return { tensor, expected: '[n, b(b-1)/2] for a whole b' };
    const wanted = numberIn(fields, 'oft_block_size', 32);
    const isShared = isTruthy(fields.get('block_share'));
    const divides = (size) => size > 0 && !isShared && (blocks * side) % size === 0;
    if (wanted !== side && divides(wanted))
        return { tensor, expected: `[n, ${(wanted * (wanted - 1)) / 2}]` };
    const rank = numberIn(fields, 'r', 0);
    return wanted === 0 && rank !== blocks && divides(rank)
        ? { tensor, expected: `[${rank}, *]` }
        : null;
};
const osfSizes = (module, fields) => {
    const tensor = tensorOf(module, 'osf_svd_params.U_low', 2);
    const right = tensorOf(module, 'osf_svd_params.V_low', 2);
    if (tensor === null || right === null)
        return null;
    const [out = 0, found = 0] = tensor.shape;
    const least = Math.min(out, right.shape[1] ?? 0);
    const kept = keptRank(fields, module.path, least);
    return kept === null || found === least - kept
        ? null
        : { tensor, expected: `[out, ${least - kept}]` };
};
function keptRank(fields, path, least) {
    const half = Math.floor(least / 2);
    let node = fields.get('effective_rank');
    for (const [name, own] of asObject(fields.get('rank_pattern')) ?? []) {
        if (!/^\w+$/.test(name))
            return null;
        if (!path.includes(name))
            continue;
        node = own;
        break;
    }
    const rank = numberOf(node);
    if (node === undefined || rank === null)
        return half;
    const isShare = !isWhole(node) && rank > 0 && rank <= 1;
    return Math.min(least, Math.trunc(isShare ? least * rank : rank));
}
const adamssSizes = (module, fields) => {
    const tensor = tensorOf(module, 'adamss_newB', 2);
    if (tensor === null)
        return null;
    const [found = 0, width = 0] = tensor.shape;
    const parts = module.tensors.get('adamss_B.#') ?? [];
    const height = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
    const odd = module.tensors
        .get('adamss_A.#')
        ?.find(({ shape }) => shape.length === 2 && shape[1] !== found);
    if (odd !== undefined)
        return { tensor: odd, expected: `[*, ${found}]` };
    const wanted = Math.min(numberIn(fields, 'r', 500), height, width);
    return found === wanted || height === 0
        ? null
        : { tensor, expected: `[${wanted}, in]` };
};
const shiraSizes = (module, fields) => {
    const tensor = tensorOf(module, 'shira_weight', 1);
    const rank = numberIn(fields, 'r', 32);
    if (tensor === null || !(rank > 0))
        return null;
    const [size = 0] = tensor.shape;
    const sum = size / rank;
    return Number.isInteger(sum) && size <= (sum / 2) ** 2
        ? null
        : { tensor, expected: `r · (in + out) = ${rank} · (in + out)` };
};
const adaloraSizes = (module, fields) => {
    const tensor = tensorOf(module, 'lora_A', 2);
    const rank = numberIn(fields, 'init_r', 12);
    return tensor === null ||
        isTruthy(fields.get('rank_pattern')) ||
        tensor.shape[0] === rank
        ? null
        : { tensor, expected: `[${rank}, in]` };
};
const peanutSizes = (module, fields) => {
    const tensor = tensorOf(module, 'peanut_A.weight', 2);
    const depth = numberOf(fields.get('depth'));
    if (tensor === null || depth === null)
        return null;
    const counts = ['peanut_encoders.#.weight', 'peanut_decoders.#.weight'].map((suffix) => module.tensors.get(suffix)?.length ?? 0);
    return counts.every((count) => count === depth)
        ? null
        : { tensor, expected: `beside ${depth} encoders and decoders` };
};

;// CONCATENATED MODULE: ./lib/core/layout/peft/types-a-to-k.js


const SOFT_PROMPT = parameter('prompt_embeddings n d');
const GLORA_PATHS = ['A', 'B', 'C', 'D', 'E'];
const TYPES_A_TO_K = [
    [
        'ADALORA',
        type([rules_layer(['lora_A k in', 'lora_B out k', 'lora_E k 1'])], {
            neutral: [{ lora_E: 0 }, { lora_A: 0 }, { lora_B: 0 }],
            sizes: adaloraSizes,
        }),
    ],
    [
        'ADAMSS',
        type([rules_layer(['adamss_A.# * *', 'adamss_B.# * *'], ['adamss_newB * *'])], {
            neutral: [{ 'adamss_B.#': 0 }, { 'adamss_A.#': 0 }, { adamss_newB: 0 }],
            recomputed: ['adamss_newB'],
            sizes: adamssSizes,
        }),
    ],
    [
        'ADAPTION_PROMPT',
        type([rules_layer(['adaption_prompt 1 n d', 'adaption_gate 1'])], {
            fields: { n: 'adapter_len' },
            neutral: [{ adaption_gate: 0 }, { adaption_prompt: 0 }],
            readsExactKeys: true,
        }),
    ],
    ['BEFT', type([rules_layer(['beft_bias 1 *'])], { neutral: [{ beft_bias: 0 }] })],
    [
        'BOFT',
        type([rules_layer(['boft_R * n b b', 'boft_s out 1'])], {
            fields: {
                b: 'boft_block_size=4',
                n: 'boft_block_num',
            },
            neutral: [
                { boft_R: 0, boft_s: 1 },
                { boft_R: 1, boft_s: 1 },
            ],
        }),
    ],
    [
        'C3A',
        type([rules_layer(['c3a_kernel * * b'])], {
            fields: { b: 'block_size=256' },
            neutral: [{ c3a_kernel: 0 }],
        }),
    ],
    ['CARTRIDGE', type([], { prompt: [SOFT_PROMPT] })],
    ['CPT', type([], { prompt: [SOFT_PROMPT] })],
    [
        'DEFT',
        type([rules_layer(['deft_P out r', 'deft_R r in'])], {
            defaultRank: 8,
            lifeless: [{ deft_P: 0 }],
        }),
    ],
    [
        'DELORA',
        type([
            rules_layer(['delora_A r in', 'delora_B out r', 'delora_lambda 1'], ['delora_w_norm in']),
        ], {
            defaultRank: 8,
            neutral: [{ delora_B: 0 }, { delora_A: 0 }, { delora_lambda: 0 }],
            lifeless: [{ delora_w_norm: 0 }],
            recomputed: ['delora_w_norm'],
        }),
    ],
    [
        'FOURIERFT',
        type([rules_layer(['fourierft_spectrum n'])], {
            fields: { n: 'n_frequency=1000' },
            neutral: [{ fourierft_spectrum: 0 }],
        }),
    ],
    [
        'FROD',
        type([rules_layer(['frod_lambda_l *', 'frod_lambda_s_values *'])], {
            shared: rules_layer([
                'frod_V.… d d',
                'frod_s_indices.… 2 n',
                'frod_s_size.… 2',
            ]),
            sharedSwitch: 'save_projection',
            neutral: [{ frod_lambda_s_values: 0 }],
        }),
    ],
    [
        'GLORA',
        type([
            rules_layer([], GLORA_PATHS.flatMap((path) => [
                `glora_${path}.Xd * r`,
                `glora_${path}.Xu r *`,
                `glora_${path}.X …`,
                `glora_${path}.zeros …`,
            ])),
        ], {
            defaultRank: 8,
            together: GLORA_PATHS.map((path) => [
                `glora_${path}.Xd`,
                `glora_${path}.Xu`,
            ]),
            neutral: [
                Object.fromEntries(GLORA_PATHS.flatMap((path) => ['Xd', 'X', 'zeros'].map((part) => [`glora_${path}.${part}`, 0]))),
            ],
        }),
    ],
    [
        'GRALORA',
        type([
            rules_layer(['gralora_A k * r', 'gralora_B k r *'], ['gralora_A_general.weight h *', 'gralora_B_general.weight * h']),
        ], {
            defaultRank: 32,
            fields: { k: 'gralora_k=2', h: 'hybrid_r' },
            together: [['gralora_A_general.weight', 'gralora_B_general.weight']],
            neutral: [
                { gralora_B: 0, 'gralora_B_general.weight': 0 },
                { gralora_A: 0, 'gralora_A_general.weight': 0 },
            ],
        }),
    ],
    [
        'HIRA',
        type([
            rules_layer(['hira_A r in …', 'hira_B out r …']),
            rules_layer(['hira_embedding_A r v', 'hira_embedding_B d r']),
        ], {
            defaultRank: 32,
            neutral: [
                { hira_B: 0, hira_embedding_A: 0 },
                { hira_A: 0, hira_embedding_B: 0 },
            ],
            hasRankPattern: false,
        }),
    ],
    [
        'HRA',
        type([rules_layer(['hra_u in r'])], {
            defaultRank: 8,
            neutralPairs: 'hra_u',
        }),
    ],
    [
        'IA3',
        type([
            rules_layer(['ia3_l 1 in'], [], { namedBy: 'feedforward_modules' }),
            rules_layer(['ia3_l out 1']),
            rules_layer(['ia3_l 1 * 1 1 …'], [], { namedBy: 'feedforward_modules' }),
            rules_layer(['ia3_l 1 * 1 1 …']),
        ], { neutral: [{ ia3_l: 1 }] }),
    ],
];

;// CONCATENATED MODULE: ./lib/core/layout/peft/lokr-sizes.js



const DEFAULT_RANK = 8;
const MAX_SIDE = 1 << 20;
const lokrSizes = (module, fields) => {
    const left = factorIn(module, 'lokr_w1');
    const right = factorIn(module, 'lokr_w2');
    if (left === null || right === null)
        return null;
    const factor = numberIn(fields, 'decompose_factor', -1);
    const sides = [
        [left.rows, right.rows, (first) => `[${first}, *]`],
        [left.columns, right.columns, (first) => `[*, ${first}]`],
    ];
    for (const [first, second, words] of right.isFlattened
        ? sides.slice(0, 1)
        : sides) {
        const expected = firstFactor(first * second, factor);
        if (expected !== null && expected !== first)
            return { tensor: left.tensor, expected: words(expected) };
    }
    return wrongHalves(module, fields, right);
};
function wrongHalves(module, fields, { tensor, rows, columns, isWhole: isStoredWhole }) {
    const node = fields.get('r');
    const isFraction = node?.kind === 'number' && !isWhole(node);
    const isSplit = !isStoredWhole || module.tensors.has('lokr_w1_a');
    if (isFraction)
        return isSplit
            ? { tensor, expected: 'stored whole, as r is no whole number' }
            : null;
    const rank = rankOf(fields, module.path, DEFAULT_RANK);
    if (rank === null)
        return null;
    const wantsWhole = rank >= Math.max(rows, columns) / 2;
    if (wantsWhole === isStoredWhole)
        return null;
    return {
        tensor,
        expected: wantsWhole ? 'stored whole' : 'stored as two of rank r',
    };
}
function factorIn({ tensors }, name) {
    const of = (suffix) => tensors.get(suffix)?.[0];
    const whole = of(name);
    if (whole !== undefined) {
        const [rows, columns] = whole.shape;
        return rows === undefined || columns === undefined
            ? null
            : { tensor: whole, rows, columns, isWhole: true, isFlattened: false };
    }
    const tensor = of(`${name}_a`);
    const columns = of(`${name}_b`)?.shape[1];
    const hasCore = name === 'lokr_w2' && tensors.has('lokr_t2');
    const rows = tensor?.shape[hasCore ? 1 : 0];
    if (tensor === undefined || rows === undefined || columns === undefined)
        return null;
    const isFlattened = name === 'lokr_w2' && !hasCore;
    return { tensor, rows, columns, isWhole: false, isFlattened };
}
function firstFactor(side, factor) {
    if (side < 1 || side > MAX_SIDE)
        return null;
    if (factor > 0 && side % factor === 0)
        return factor;
    const most = factor === -1 ? side : factor;
    let first = 1;
    let second = side;
    while (first < second) {
        let next = first + 1;
        while (side % next !== 0)
            next += 1;
        if (next + side / next > 1 + side || next > most)
            break;
        first = next;
        second = side / next;
    }
    return Math.min(first, second);
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/types-l-to-o.js



const BOTH = 'decompose_both';
const CORE = 'use_effective_conv2d';
const types_l_to_o_SOFT_PROMPT = parameter('prompt_embeddings n d');
const OF_VARIANTS = [
    'lora_diag r',
    'lora_velora_embed …',
    'lora_monteclora_sampler.expert_weights *',
    'lora_monteclora_sampler.expert_weights_prior *',
    'lora_monteclora_sampler.gaussian_var_prior * *',
    'lora_monteclora_sampler.std_prior *',
];
const TYPES_L_TO_O = [
    [
        'LILY',
        type([
            rules_layer([
                'lily_A.weight r in',
                'lily_B.weight n·r out',
                'lily_router.weight n r',
            ]),
        ], {
            defaultRank: 32,
            fields: { n: 'num_B=2' },
            neutral: [{ 'lily_B.weight': 0 }, { 'lily_A.weight': 0 }],
            tied: [
                ['lily_A.weight', 'stride_A'],
                ['lily_B.weight', null],
            ],
        }),
    ],
    [
        'LN_TUNING',
        type([rules_layer(['ln_tuning_layers.weight *'], ['ln_tuning_layers.bias *'])]),
    ],
    [
        'LOHA',
        type([
            rules_layer([
                'hada_w1_a out r',
                'hada_w1_b r in',
                'hada_w2_a out r',
                'hada_w2_b r in',
            ]),
            rules_layer([
                'hada_t1 r r …',
                'hada_w1_a r out',
                'hada_w1_b r in',
                'hada_t2 r r …',
                'hada_w2_a r out',
                'hada_w2_b r in',
            ], [], { onlyWith: [CORE] }),
        ], {
            defaultRank: 8,
            neutral: [
                { hada_w2_b: 0 },
                { hada_w1_a: 0 },
                { hada_w1_b: 0 },
                { hada_w2_a: 0 },
                { hada_t1: 0 },
                { hada_t2: 0 },
            ],
        }),
    ],
    [
        'LOKR',
        type([
            rules_layer(['lokr_w1 * *', 'lokr_w2 …']),
            rules_layer(['lokr_w1 * *', 'lokr_w2_a * r', 'lokr_w2_b r …']),
            rules_layer(['lokr_w1 * *', 'lokr_w2_a r *', 'lokr_w2_b r *', 'lokr_t2 r r …'], [], { onlyWith: [CORE] }),
            rules_layer(['lokr_w1_a * r', 'lokr_w1_b r *', 'lokr_w2 * * …'], [], {
                onlyWith: [BOTH],
            }),
            rules_layer(['lokr_w1_a * r', 'lokr_w1_b r *', 'lokr_w2_a * r', 'lokr_w2_b r …'], [], { onlyWith: [BOTH] }),
            rules_layer([
                'lokr_w1_a * r',
                'lokr_w1_b r *',
                'lokr_w2_a r *',
                'lokr_w2_b r *',
                'lokr_t2 r r …',
            ], [], { onlyWith: [BOTH, CORE] }),
        ], {
            defaultRank: 8,
            neutral: [
                { lokr_w1: 0, lokr_w1_a: 0 },
                { lokr_w1: 0, lokr_w1_b: 0 },
                { lokr_w2: 0, lokr_w2_b: 0 },
                { lokr_w2: 0, lokr_w2_a: 0 },
                { lokr_t2: 0 },
            ],
            sizes: lokrSizes,
        }),
    ],
    [
        'LORA',
        type([
            rules_layer(['lora_A.weight r in', 'lora_B.weight out r'], ['lora_B.bias out', 'lora_magnitude_vector out', ...OF_VARIANTS]),
            rules_layer(['lora_A.weight r in * …', 'lora_B.weight out r * …'], ['lora_B.bias out', 'lora_magnitude_vector …']),
            rules_layer(['lora_embedding_A r v', 'lora_embedding_B d r'], ['lora_magnitude_vector …']),
        ], {
            defaultRank: 8,
            switched: [
                {
                    suffix: 'lora_magnitude_vector',
                    field: 'use_dora',
                    isOnByDefault: false,
                    isAddend: false,
                },
                {
                    suffix: 'lora_B.bias',
                    field: 'lora_bias',
                    isOnByDefault: false,
                    isAddend: true,
                },
            ],
            neutral: [
                { 'lora_B.weight': 0, 'lora_B.bias': 0, lora_embedding_A: 0 },
                { 'lora_A.weight': 0, 'lora_B.bias': 0, lora_embedding_B: 0 },
            ],
        }),
    ],
    [
        'MISS',
        type([
            rules_layer(['miss_block r *']),
            rules_layer(['miss_block * r r']),
        ], { defaultRank: 64, neutral: [{ miss_block: 0 }] }),
    ],
    [
        'MULTITASK_PROMPT_TUNING',
        type([], {
            prompt: [
                types_l_to_o_SOFT_PROMPT,
                parameter('prefix_task_cols t n k'),
                parameter('prefix_task_rows t k d'),
            ],
        }),
    ],
    [
        'OFT',
        type([rules_layer(['oft_R.weight * *'])], {
            neutral: [{ 'oft_R.weight': 0 }],
            sizes: oftSizes,
        }),
    ],
    [
        'OSF',
        type([
            rules_layer([
                'osf_svd_params.U_low out k',
                'osf_svd_params.S_low k',
                'osf_svd_params.V_low k in',
            ]),
        ], { sizes: osfSizes }),
    ],
];

;// CONCATENATED MODULE: ./lib/core/layout/peft/types-p-to-w.js


const PSOFT_OPTIONAL = [
    'psoft_R.vector_a r',
    'psoft_R.vector_b r',
    'psoft_A …',
    'psoft_B …',
];
const types_p_to_w_SOFT_PROMPT = parameter('prompt_embeddings n d');
const TYPES_P_TO_W = [
    [
        'PEANUT',
        type([
            rules_layer(['peanut_A.weight r in', 'peanut_B.weight out r'], ['peanut_encoders.#.weight * *', 'peanut_decoders.#.weight * *']),
        ], {
            defaultRank: 32,
            neutral: [{ 'peanut_B.weight': 0 }, { 'peanut_A.weight': 0 }],
            sizes: peanutSizes,
        }),
    ],
    [
        'POLY',
        type([
            rules_layer([
                'poly_lora_A p s * r',
                'poly_lora_B p s r *',
                'poly_router.module_logits t p·s',
            ]),
        ], {
            defaultRank: 8,
            fields: { p: 'n_splits=1', s: 'n_skills=4', t: 'n_tasks=1' },
            neutral: [{ poly_lora_B: 0 }, { poly_lora_A: 0 }],
        }),
    ],
    ['PREFIX_TUNING', type([], { prompt: [types_p_to_w_SOFT_PROMPT] })],
    ['PROMPT_TUNING', type([], { prompt: [types_p_to_w_SOFT_PROMPT] })],
    [
        'PSOFT',
        type([
            rules_layer(['psoft_R.weight △r'], PSOFT_OPTIONAL),
            rules_layer(['psoft_R.weight r r'], PSOFT_OPTIONAL),
        ], {
            defaultRank: 32,
            switched: [
                {
                    suffix: 'psoft_R.vector_a',
                    field: 'psoft_mag_a',
                    isOnByDefault: true,
                    isAddend: false,
                },
                {
                    suffix: 'psoft_R.vector_b',
                    field: 'psoft_mag_b',
                    isOnByDefault: true,
                    isAddend: false,
                },
            ],
            neutral: [
                {
                    'psoft_R.weight': 0,
                    'psoft_R.vector_a': 1,
                    'psoft_R.vector_b': 1,
                },
            ],
        }),
    ],
    [
        'PVERA',
        type([rules_layer(['pvera_lambda_b *', 'pvera_lambda_d 2·r'])], {
            defaultRank: 256,
            shared: rules_layer(['pvera_A 2·r *'], ['pvera_B * r']),
            sharedSwitch: 'save_projection',
            sharedNeutral: [{ pvera_B: 0 }, { pvera_A: 0 }],
            neutral: [{ pvera_lambda_b: 0 }, { pvera_lambda_d: 0 }],
        }),
    ],
    ['P_TUNING', type([], { prompt: [types_p_to_w_SOFT_PROMPT] })],
    [
        'RANDLORA',
        type([
            rules_layer(['randlora_lambda r k', 'randlora_gamma k *'], ['randlora_A r 1 *', 'randlora_B * k r']),
        ], {
            defaultRank: 32,
            shared: rules_layer([], ['randlora_A r 1 *', 'randlora_B * k r']),
            neutral: [
                { randlora_lambda: 0 },
                { randlora_gamma: 0 },
                { randlora_A: 0 },
                { randlora_B: 0 },
            ],
            tied: [
                ['randlora_A', null],
                ['randlora_B', null],
            ],
        }),
    ],
    [
        'ROAD',
        type([rules_layer(['road_theta k', 'road_alpha k'])], {
            neutral: [{ road_alpha: 1, road_theta: 0 }],
            sizes: roadSizes,
        }),
    ],
    [
        'SHADOW',
        type([
            rules_layer(['shadow_down.default.weight r in', 'shadow_up.default.weight out r'], [
                'shadow_update_gate.default.#.weight …',
                'shadow_update_gate.default.#.bias …',
                'shadow_update_transform.default.#.weight …',
                'shadow_update_transform.default.#.bias …',
            ]),
        ], {
            defaultRank: 8,
            shared: rules_layer([], ['shadow_backbone.default.… …']),
            neutral: [{ 'shadow_up.default.weight': 0 }],
            readsExactKeys: true,
        }),
    ],
    [
        'SHIRA',
        type([rules_layer(['shira_weight n'], ['shira_indices 2 n'])], {
            neutral: [{ shira_weight: 0 }],
            recomputed: ['shira_indices'],
            sizes: shiraSizes,
        }),
    ],
    [
        'SUPERTUNING',
        type([
            rules_layer(['supertuning_values n'], [
                'supertuning_indices n',
                'supertuning_lora_A.weight r in',
                'supertuning_lora_B.weight out r',
            ]),
        ], {
            fields: { r: 'r' },
            together: [['supertuning_lora_A.weight', 'supertuning_lora_B.weight']],
            neutral: [{ supertuning_values: 0, 'supertuning_lora_B.weight': 0 }],
        }),
    ],
    [
        'TINYLORA',
        type([rules_layer([], ['tinylora_A r in', 'tinylora_B out r', 'tinylora_P u r r'])], {
            defaultRank: 2,
            shared: rules_layer(['tinylora_v.# u']),
            fields: { u: 'u=64' },
            neutral: [{ tinylora_A: 0 }, { tinylora_B: 0 }, { tinylora_P: 0 }],
            sharedNeutral: [{ 'tinylora_v.#': 0 }],
            readsExactKeys: true,
        }),
    ],
    [
        'TRAINABLE_TOKENS',
        type([rules_layer(['trainable_tokens_delta n d'])], {
            fields: { n: 'token_indices=0' },
        }),
    ],
    [
        'UNILORA',
        type([], {
            shared: rules_layer(['unilora_theta_d t']),
            fields: { t: 'theta_d_length=256' },
        }),
    ],
    [
        'VBLORA',
        type([
            rules_layer(['vblora_logits_A r * n', 'vblora_logits_B * r n']),
            rules_layer([
                'vblora_logits_A_topk_indices r * *',
                'vblora_logits_A_topk_weights r * *',
                'vblora_logits_B_topk_indices * r *',
                'vblora_logits_B_topk_weights * r *',
            ]),
        ], {
            defaultRank: 4,
            shared: rules_layer(['vblora_vector_bank n l']),
            fields: { n: 'num_vectors=256', l: 'vector_length=256' },
            sharedLifeless: [{ vblora_vector_bank: 0 }],
        }),
    ],
    [
        'VERA',
        type([rules_layer(['vera_lambda_b *', 'vera_lambda_d r'])], {
            defaultRank: 256,
            shared: rules_layer(['vera_A r *'], ['vera_B * r']),
            sharedSwitch: 'save_projection',
            neutral: [{ vera_lambda_b: 0 }, { vera_lambda_d: 0 }],
            sharedNeutral: [{ vera_A: 0 }, { vera_B: 0 }],
        }),
    ],
    [
        'WAVEFT',
        type([rules_layer(['waveft_spectrum n'])], {
            fields: { n: 'n_frequency=2592' },
            neutral: [{ waveft_spectrum: 0 }],
        }),
    ],
];

;// CONCATENATED MODULE: ./lib/core/layout/peft/table.js



const TYPES = new Map([
    ...TYPES_A_TO_K,
    ...TYPES_L_TO_O,
    ...TYPES_P_TO_W,
]);
function findTypeRule(peftType) {
    return TYPES.get(peftType) ?? null;
}
function typesWith(suffixes) {
    return [...TYPES].flatMap(([name, { sets }]) => sets.some(({ required }) => required.some(({ suffix }) => suffixes.includes(suffix)))
        ? [name]
        : []);
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/all-linear.js

const NOT_LINEAR = /^(?:.*_embedding_[AB]|ln_tuning_layers\..*|trainable_tokens_delta|hada_t[12]|lokr_t2)$/;
const KERNELS = new Set([
    'lora_A.weight',
    'hira_A',
    'lokr_w2',
]);
const MATRIX = 2;
function isLinear({ path, tensors }) {
    if (path === 'lm_head')
        return false;
    for (const [suffix, own] of tensors) {
        if (NOT_LINEAR.test(suffix))
            return false;
        if (KERNELS.has(suffix) && own.some(({ shape }) => shape.length > MATRIX))
            return false;
    }
    return true;
}
const LEAST_KINDS = 4;
function fewLinear({ keys, config }) {
    if (!isAllLinear(config.fields.get('target_modules')))
        return [];
    const kinds = new Set();
    for (const path of keys.modules.keys()) {
        const layer = layerOf(path);
        if (layer !== null)
            kinds.add(path.replace(`.${layer}.`, '.#.'));
        if (kinds.size >= LEAST_KINDS)
            return [];
    }
    return [...kinds];
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/keys.js
const PREFIX = 'base_model.model.';
const SHARED_PREFIX = 'base_model.';
const WRAPPERS = new Set([
    '_orig_mod',
    '_fsdp_wrapped_module',
    '_checkpoint_wrapped_module',
    '_flat_param',
]);
function sortKeys(rule, tensors, reading) {
    const sorting = {
        reading,
        modules: new Map(),
        shared: new Map(),
        prompt: new Map(),
        whole: [],
        misfits: new Map(),
        names: new Set(),
    };
    const ends = suffixesOf(rule);
    for (const tensor of tensors)
        sortKey(rule, ends, tensor, sorting);
    return sorting;
}
function sortKey(rule, ends, tensor, sorting) {
    const { name } = tensor;
    if (rule.prompt.some(({ suffix }) => suffix === name)) {
        sorting.prompt.set(name, tensor);
        return;
    }
    const rest = afterPrefix(rule, name);
    const shared = rest === null ? null : findShared(rule, rest);
    if (shared !== null) {
        if (shared.adapter !== null)
            sorting.names.add(shared.adapter);
        add(sorting.shared, shared.suffix, tensor);
        return;
    }
    if (rest !== null && rule.prompt.length > 0) {
        sorting.whole.push(tensor);
        return;
    }
    const misfit = name.startsWith(PREFIX)
        ? sortInner(ends, tensor, sorting)
        : 'prefix';
    if (misfit === null)
        return;
    add(sorting.misfits, misfit, tensor);
}
function afterPrefix({ readsExactKeys }, name) {
    const isDoubled = !readsExactKeys && name.startsWith(`${PREFIX}${SHARED_PREFIX}`);
    const inner = isDoubled ? name.slice(PREFIX.length) : name;
    return inner.startsWith(SHARED_PREFIX)
        ? inner.slice(SHARED_PREFIX.length)
        : null;
}
function add(groups, key, one) {
    const group = groups.get(key);
    if (group === undefined)
        groups.set(key, [one]);
    else
        group.push(one);
}
function findShared({ shared: { required, optional } }, rest) {
    if (required.length + optional.length === 0)
        return null;
    const end = rest.split('.').map(withoutNumber).join('.');
    for (const { suffix } of [...required, ...optional]) {
        if (end === suffix)
            return { suffix, adapter: null };
        if (suffix.endsWith('…') && rest.startsWith(suffix.slice(0, -1)))
            return { suffix, adapter: null };
        if (end === `${suffix}.default`)
            return { suffix, adapter: 'default' };
    }
    return null;
}
function sortInner(ends, tensor, sorting) {
    const parts = tensor.name.slice(PREFIX.length).split('.');
    const isWrapped = parts.some((part) => WRAPPERS.has(part)) ||
        (parts[0] === 'module' && !sorting.reading.isOwnBase);
    if (isWrapped || parts[0] === 'base_model')
        return 'wrapper';
    const wrapper = parts.indexOf('modules_to_save');
    if (wrapper >= 0) {
        sorting.names.add(parts[wrapper + 1] ?? '');
        return 'adapter-name';
    }
    const found = splitKey(ends, parts);
    if (found === null) {
        if (parts.some((part) => isTunerName(part)))
            return 'unknown';
        sorting.whole.push(tensor);
        return null;
    }
    const { path, suffix, adapter } = found;
    if (adapter !== null)
        sorting.names.add(adapter);
    if (adapter !== null && adapter !== 'default')
        return 'adapter-name';
    const known = sorting.modules.get(path) ?? { path, tensors: new Map() };
    add(known.tensors, suffix, tensor);
    sorting.modules.set(path, known);
    return null;
}
function suffixesOf(rule) {
    const all = new Set(rule.sets.flatMap(({ required, optional }) => [...required, ...optional].map(({ suffix }) => suffix)));
    const parts = new Set([...all].map((suffix) => suffix.split('.').length));
    return { all, parts: [...parts].sort((left, right) => right - left) };
}
function splitKey(ends, parts) {
    for (const count of ends.parts) {
        const cut = parts.length - count;
        const suffix = cut < 0 ? '' : parts.slice(cut).map(withoutNumber).join('.');
        if (ends.all.has(suffix))
            return { path: parts.slice(0, cut).join('.'), suffix, adapter: null };
    }
    for (const count of ends.parts) {
        const cut = parts.length - count - 1;
        const [first = '', name = '', ...rest] = parts.slice(Math.max(cut, 0));
        const suffix = [first, ...rest].map(withoutNumber).join('.');
        if (cut >= 0 && ends.all.has(suffix))
            return { path: parts.slice(0, cut).join('.'), suffix, adapter: name };
    }
    return null;
}
function withoutNumber(part) {
    const first = part.charCodeAt(0);
    const isDigit = first >= 0x30 && first <= 0x39;
    return isDigit && /^\d+$/.test(part) ? '#' : part;
}
const TUNER_NAME = /^(?:lora|adamss|adaption|beft|boft|c3a|deft|delora|fourierft|frod|glora|gralora|hada|hira|hra|ia3|internal_xlora|lily|ln_tuning|lokr|miss|oft|osf|peanut|poly|psoft|pvera|randlora|road|shadow|shira|supertuning|tinylora|trainable_tokens|unilora|vblora|vera|waveft)_/i;
function isTunerName(part) {
    return TUNER_NAME.test(part) && !part.startsWith('trainable_tokens_');
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/whole.js



const SAVED_WHOLE = /(?:^|\.)[^.]*(?:classifier|score|qa_outputs|embed|lm_head|wte|wpe|shared|vocab|head)[^.]*\./i;
function unaccountedFor({ config, keys }) {
    const { fields } = config;
    const saved = namesIn(fields.get('modules_to_save')) ?? [];
    const bias = asString(fields.get('bias')) ?? 'none';
    const isSaved = (name) => saved.some((one) => `.${name}`.includes(`.${one}.`)) ||
        SAVED_WHOLE.test(name) ||
        name.includes('token_adapter.') ||
        (bias !== 'none' && name.endsWith('.bias'));
    return keys.whole.flatMap(({ name }) => isSaved(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name)
        ? []
        : [name]);
}
function promisedInVain(meaning) {
    const { config, tensors, rule } = meaning;
    const { fields } = config;
    const isTask = (...tasks) => tasks.includes(asString(fields.get('task_type')) ?? '');
    const saved = (namesIn(fields.get('modules_to_save')) ?? [])
        .filter((one) => one !== '')
        .map((one) => ({ one, ...foundOf(meaning, one) }));
    const isWrapped = tensors.some(({ name }) => name.includes('.modules_to_save.'));
    const hasHead = saved.some(({ one, isThere }) => HEADS.has(one) && isThere);
    const isHead = (one) => !isWrapped && HEADS.has(one) && (hasHead || isTask(...HEAD_TASKS));
    const absent = saved.filter(({ one, isThere, isInBase }) => !isThere && (isInBase || !isHead(one)));
    const lacksTokens = holdsSome(fields.get('trainable_token_indices')) &&
        !tensors.some(({ name }) => name.endsWith('.trainable_tokens_delta'));
    const isCausal = isTask('CAUSAL_LM');
    const isDecoder = (rule.sets.length === 0 && isCausal) ||
        tensors.some(({ name }) => name.startsWith(`${PREFIX}model.layers.`));
    const isOfDecoder = (one) => one === 'embed_tokens' || (one === 'lm_head' && isCausal);
    const names = absent.map(({ one }) => one);
    return {
        names: lacksTokens ? [...names, 'trainable_tokens_delta'] : names,
        isSure: lacksTokens ||
            (names.length > 0 && isWrapped) ||
            absent.some(({ isInBase }) => isInBase) ||
            (isDecoder && names.some(isOfDecoder)),
    };
}
const WEIGHTED = new Set(['embed_tokens', 'lm_head']);
function foundOf({ tensors, keys }, module) {
    const adapted = [...keys.modules.keys()].some((path) => `.${path}`.endsWith(`.${module}`));
    const isPlain = WEIGHTED.has(module) || HEADS.has(module);
    const isForeign = keys.modules.size + keys.prompt.size === 0;
    const lost = new Set(isForeign
        ? []
        : ['prefix', 'wrapper'].flatMap((misfit) => keys.misfits.get(misfit) ?? []));
    let isThere = false;
    let isInBase = adapted;
    for (const tensor of tensors) {
        const { name } = tensor;
        const at = `.${name}`.indexOf(`.${module}.`);
        if (at < 0)
            continue;
        const [next = '', ...rest] = name.slice(at + module.length + 1).split('.');
        if (isTunerName(next))
            continue;
        const isOther = lost.has(tensor) ||
            WRAPPED.has(next) ||
            keys.names.has(next) ||
            (isPlain && rest.length === 0 && next !== 'weight');
        if (isOther)
            isInBase ||= next !== 'bias';
        else
            isThere = true;
    }
    return { isThere, isInBase };
}
const WRAPPED = new Set([
    'modules_to_save',
    'original_module',
    'base_layer',
    'default',
    'token_adapter',
]);
const HEADS = new Set([
    'classifier',
    'score',
    'qa_outputs',
]);
const HEAD_TASKS = ['SEQ_CLS', 'TOKEN_CLS', 'QUESTION_ANS'];
function holdsSome(node) {
    if (node?.kind === 'object')
        return node.entries.length > 0;
    return (asArray(node)?.length ?? 0) > 0;
}
function unusedIn({ config, keys, rule }) {
    const tensors = [];
    const fields = [];
    for (const { suffix, field, isOnByDefault } of rule.switched) {
        const node = config.fields.get(field);
        if (node === undefined ? isOnByDefault : whole_isOn(node))
            continue;
        const own = [...keys.modules.values()].flatMap((module) => (module.tensors.get(suffix) ?? []).map(({ name }) => name));
        if (own.length === 0)
            continue;
        tensors.push(...own);
        fields.push(field);
    }
    const tokens = keys.whole.filter(({ name }) => name.endsWith('.token_adapter.trainable_tokens_delta'));
    if (tokens.length > 0 && !holdsSome(config.fields.get(TOKENS))) {
        tensors.push(...tokens.map(({ name }) => name));
        fields.push(TOKENS);
    }
    return { tensors, fields };
}
const TOKENS = 'trainable_token_indices';
function whole_isOn(node) {
    return node !== undefined && node.kind !== 'null' && !isFalse(node);
}
function isFalse(node) {
    return node.kind === 'boolean' && !node.value;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-keys-ignored.js








const SEEN = 'UserWarning: Found missing adapter keys while loading the checkpoint';
function adapter_keys_ignored_share({ tensors, all }, one, many) {
    return `${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? one : many}`;
}
const REASONS = {
    prefix: 'They do not begin with base_model.model.',
    wrapper: 'They carry the name of a wrapper, as torch.compile and FSDP put it there.',
    'adapter-name': "They carry the adapter's name, which PEFT puts there itself.",
    unknown: 'The type has no parameter of such a name.',
};
const counted = oncePer((meaning) => {
    const { keys, tensors, config, rule } = meaning;
    const modules = [...keys.modules.values()];
    const targets = targetsOf(config);
    const isAll = config.peftType !== 'ADAPTION_PROMPT' &&
        isAllLinear(config.fields.get('target_modules'));
    const isTargeted = (module) => isAll ? isLinear(module) : targets === null || targets(module.path);
    const off = modules.filter((module) => !isTargeted(module));
    const namesOf = (some) => some.flatMap((module) => [...module.tensors.values()].flat().map(({ name }) => name));
    return {
        isNothing: isNothing(meaning),
        whole: rule.prompt.length > 0 ? [] : unaccountedFor(meaning),
        names: tensors.map(({ name }) => name),
        withDefault: namesOf(modules).filter((name) => name.includes('.default')),
        untargeted: namesOf(off),
        isNoneTargeted: off.length === modules.length,
    };
});
const adapterKeysIgnored = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-keys-ignored',
        question: 'loads',
        severity: 'warning',
        confidence: 'proven',
        title: 'Keys that PEFT ignores',
        why: 'PEFT looks for its parameters by name and leaves out what has another, with at most a warning: those modules answer as the base model does.',
        fix: 'Save again through model.save_pretrained(folder) of the PeftModel itself, not of a wrapper around it (torch.compile, FSDP, DDP).',
        since: '0.1.0',
    },
    messages: {
        none: {
            text: ({ type, tensors, all, reason }) => `None of ${formatCount(all, 'tensor')} is where PEFT looks for a parameter of ${type}: ${listNames(tensors)}. ${reason}`,
            severity: 'error',
            why: 'PEFT loads this file without an error and uses nothing of it: the model answers as the base does.',
            loaderErrors: () => [SEEN],
        },
        otherType: {
            text: ({ types, ...data }) => `The configuration says ${data.type}, the ${formatCount(data.all, 'tensor')} are those of ${joinWords(types)}: ${listNames(data.tensors)}.`,
            severity: 'error',
            why: 'PEFT builds what the configuration says and finds none of its parameters in the file: the model answers as the base does.',
            fix: 'Put the configuration and the weights of one save together, or correct peft_type.',
            loaderErrors: () => [SEEN],
        },
        prefix: {
            text: (data) => `${adapter_keys_ignored_share(data, 'does', 'do')} not begin with base_model.model.: ${listNames(data.tensors)}.`,
            loaderErrors: () => [SEEN],
        },
        wrapper: {
            text: (data) => `${adapter_keys_ignored_share(data, 'carries', 'carry')} the name of a wrapper: ${listNames(data.tensors)}.`,
            loaderErrors: () => [SEEN],
        },
        adapterName: {
            text: ({ names, ...data }) => `${adapter_keys_ignored_share(data, 'carries', 'carry')} the adapter's name ${joinWords(names)}, which PEFT puts there itself: ${listNames(data.tensors)}.`,
            fix: 'Save through save_pretrained, which takes the name out, or take it out of the keys.',
            loaderErrors: () => [SEEN],
        },
        defaultName: {
            text: (data) => `Keys carry the adapter's name default: ${listNames(data.tensors)}.`,
            why: 'PEFT loads them under the name default alone; under any other it uses nothing of them.',
            fix: 'Save through save_pretrained, which takes the name out.',
        },
        defaultLost: {
            text: ({ type, ...data }) => `Keys of ${type} carry the adapter's name default: ${listNames(data.tensors)}.`,
            severity: 'error',
            why: 'PEFT puts the name into the keys of this type itself and does not find those that have it already: the model answers as the base does.',
            fix: 'Save through save_pretrained, which takes the name out.',
            loaderErrors: () => [SEEN],
        },
        unknown: {
            text: (data) => `${adapter_keys_ignored_share(data, 'has', 'have')} a name that no parameter of ${data.type} has: ${listNames(data.tensors)}.`,
            loaderErrors: () => [SEEN],
        },
        whole: {
            text: (data) => `${adapter_keys_ignored_share(data, 'is one', 'are those')} of whole modules that the configuration does not save: ${listNames(data.tensors)}.`,
            why: 'They are of a full model, not of an adapter. PEFT passes over those of modules that it adapts, and writes the others into the base.',
            fix: 'Save through save_pretrained of the PeftModel, which takes the adapter alone.',
        },
        unused: {
            text: ({ fields, ...data }) => `${adapter_keys_ignored_share(data, 'is', 'are')} for what the configuration does not set (${joinWords(fields)}): ${listNames(data.tensors)}.`,
            why: 'PEFT builds no parameter for them and leaves them out without a word: the adapter does another thing than it was trained for.',
            fix: 'Put the configuration and the weights of one save together.',
        },
        untargeted: {
            text: (data) => `${adapter_keys_ignored_share(data, 'belongs', 'belong')} to modules that the configuration does not target: ${listNames(data.tensors)}.`,
            why: 'PEFT puts no adapter on those modules, and leaves their tensors out without a word.',
            fix: 'Put the configuration and the weights of one save together: target_modules, exclude_modules and layers_to_transform have to be those of the training.',
        },
        noneTargeted: {
            text: (data) => `The configuration targets not one of the modules that the ${formatCount(data.all, 'tensor')} belong to: ${listNames(data.tensors)}.`,
            severity: 'error',
            why: 'PEFT adapts other modules, or none: nothing of this file is used.',
            fix: 'Put the configuration and the weights of one save together: target_modules, exclude_modules and layers_to_transform have to be those of the training.',
            loaderErrors: () => [
                'ValueError: Target modules … not found in the base model.',
            ],
        },
    },
    async run({ subject, report }) {
        for (const adapter of subject.adapters) {
            const meaning = await adapter.meaning();
            if (meaning === null)
                continue;
            const say = counted(meaning);
            const { keys, config } = meaning;
            const path = { path: adapter.weights?.file.path ?? adapter.path };
            const type = config.peftType;
            const all = meaning.tensors.length;
            const data = (tensors) => ({ type, tensors, all });
            if (say.isNothing) {
                const types = typesIn(meaning);
                if (types.length > 0)
                    report('otherType', { ...data(say.names), types }, path);
                else if (isMended(meaning))
                    report('prefix', data(say.names), path);
                else
                    report('none', { ...data(say.names), reason: reasonOf(meaning) }, path);
                continue;
            }
            for (const [misfit, message] of MISFITS) {
                const tensors = (keys.misfits.get(misfit) ?? []).map(({ name }) => name);
                if (tensors.length > 0)
                    report(message, data(tensors), path);
            }
            const named = keys.misfits.get('adapter-name') ?? [];
            if (named.length > 0)
                report('adapterName', {
                    ...data(named.map(({ name }) => name)),
                    names: [...keys.names].filter((one) => one !== 'default'),
                }, path);
            if (keys.names.has('default'))
                report(meaning.rule.readsExactKeys ? 'defaultLost' : 'defaultName', data(say.withDefault), path);
            if (say.whole.length > 0)
                report('whole', data(say.whole), path);
            const { tensors: unused, fields } = unusedIn(meaning);
            if (unused.length > 0)
                report('unused', { ...data(unused), fields }, path);
            if (say.untargeted.length > 0)
                report(say.isNoneTargeted ? 'noneTargeted' : 'untargeted', data(say.untargeted), path);
        }
    },
});
const MISFITS = [
    ['prefix', 'prefix'],
    ['wrapper', 'wrapper'],
    ['unknown', 'unknown'],
];
function isNothing({ keys, rule }) {
    if (rule.prompt.length > 0)
        return keys.prompt.size === 0;
    const isOfModules = rule.sets.some(({ required }) => required.length > 0);
    return keys.modules.size + (isOfModules ? 0 : keys.shared.size) === 0;
}
function reasonOf({ keys, tensors }) {
    for (const [misfit, own] of keys.misfits)
        if (own.length === tensors.length)
            return REASONS[misfit];
    return keys.whole.length === tensors.length
        ? 'They are those of whole modules, as a full model has them.'
        : 'PEFT looks for other names.';
}
function isMended({ keys, config, tensors }) {
    const parameters = namesIn(config.fields.get('target_parameters')) ?? [];
    const prefixless = keys.misfits.get('prefix') ?? [];
    return (parameters.length > 0 &&
        prefixless.length === tensors.length &&
        tensors.every(({ name }) => name.startsWith('model.layers.')));
}
function targetsOf({ peftType, fields }) {
    if (peftType !== 'ADAPTION_PROMPT')
        return targeting(fields);
    const node = fields.get('target_modules');
    const target = asString(node);
    const names = target === null ? namesIn(node) : [target];
    return (names &&
        ((path) => names.some((name) => `.${path}`.endsWith(`.${name}`))));
}
function typesIn({ tensors, config }) {
    const ends = tensors.flatMap(({ name }) => {
        const parts = name.split('.');
        return [parts.slice(-1).join('.'), parts.slice(-2).join('.')];
    });
    return typesWith([...new Set(ends)]).filter((type) => type !== config.peftType);
}

;// CONCATENATED MODULE: ./lib/core/layout/memoise.js
function memoise(make) {
    let kept = null;
    const memo = () => (kept ??= make());
    return Object.assign(memo, {
        forget: () => {
            kept = null;
        },
    });
}

// EXTERNAL MODULE: ./lib/core/formats/parsed.js
var parsed = __nccwpck_require__(191);
;// CONCATENATED MODULE: ./lib/core/layout/config-texts.js


const BIAS = {
    takes: '"none", "all" or a text that ends in "_only"',
    accepts: (node) => /^none$|^all$|_only$/.test(asString(node) ?? ''),
    raises: (found) => found.kind === 'string'
        ? `NotImplementedError: Requested bias: ${found.value}, is not implemented.`
        : `AttributeError: '${classOf(found)}' object has no attribute 'endswith'`,
};
const TASKS = [
    'SEQ_CLS',
    'SEQ_2_SEQ_LM',
    'CAUSAL_LM',
    'TOKEN_CLS',
    'QUESTION_ANS',
    'FEATURE_EXTRACTION',
];
const TASK = {
    takes: `null or one of ${TASKS.join(', ')}`,
    accepts: (node) => node.kind === 'null' || TASKS.includes(asString(node) ?? ''),
    raises: (found) => `ValueError: Invalid task type: '${asString(found) ?? wordsOf(found)}'. Must be one of the following task types: …`,
};
const INITS = /^(?:|pissa(?:_niter_\s*\d+\s*)?|[oO][lL][oO][rR][aA]|[mM][iI][cC][aA]|loftq|eva|orthogonal|lora_ga|[gG][aA][uU][sS][sS][iI][aA][nN])$/;
const LORA_INIT = {
    takes: 'true, false, "gaussian", "pissa", "olora", "eva", "loftq", "orthogonal", "mica" or "lora_ga"',
    accepts: (node) => node.kind === 'string'
        ? INITS.test(node.value)
        : isFalsy(node) || (node.kind === 'boolean' && node.value),
    raises: (found) => found.kind !== 'string'
        ? `AttributeError: '${classOf(found)}' object has no attribute 'lower'`
        : found.value.startsWith('corda')
            ? 'ValueError: `eigens` attribute not found for layer, please run `preprocess_corda` first.'
            : `ValueError: Unknown initialization init_lora_weights='${found.value}'`,
};

;// CONCATENATED MODULE: ./lib/core/layout/config-table.js



const CPT_TASK = 'ValueError: CPTConfig only supports task_type = CAUSAL_LM.';
const FIELD_ROWS = [
    [
        'task_type',
        TASK,
        'ADALORA ADAMSS ADAPTION_PROMPT BEFT BOFT C3A CARTRIDGE DEFT DELORA FOURIERFT FROD GLORA GRALORA HIRA HRA IA3 LILY LN_TUNING LOHA LOKR LORA MISS MULTITASK_PROMPT_TUNING OFT OSF PEANUT POLY PREFIX_TUNING PROMPT_TUNING PSOFT PVERA P_TUNING RANDLORA ROAD SHADOW SHIRA SUPERTUNING TINYLORA TRAINABLE_TOKENS UNILORA VBLORA VERA WAVEFT',
    ],
    ['task_type', { ...oneOf('CAUSAL_LM'), raises: () => CPT_TASK }, 'CPT'],
    [
        'bias',
        BIAS,
        'ADALORA BOFT C3A DEFT DELORA FOURIERFT FROD GLORA GRALORA HRA LORA MISS OFT PVERA RANDLORA TINYLORA UNILORA VBLORA VERA WAVEFT',
    ],
    ['target_modules', NAMES_OR_NONE, 'ADALORA LORA'],
    [
        'target_modules',
        NAMES,
        'ADAMSS ADAPTION_PROMPT BEFT BOFT C3A DEFT DELORA FOURIERFT FROD GLORA GRALORA HIRA HRA IA3 LILY LN_TUNING LOHA LOKR MISS OFT OSF PEANUT POLY PSOFT PVERA RANDLORA ROAD SHADOW SHIRA SUPERTUNING TINYLORA TRAINABLE_TOKENS UNILORA VBLORA VERA WAVEFT',
    ],
    [
        'exclude_modules',
        NAMES_OR_NOTHING,
        'ADALORA BOFT DEFT DELORA FOURIERFT HIRA HRA IA3 LILY LN_TUNING LOHA LOKR LORA MISS OFT PEANUT POLY PSOFT SHADOW VBLORA WAVEFT',
    ],
    [
        'modules_to_save',
        TEXTS_OR_NOTHING,
        'ADALORA ADAMSS BEFT BOFT C3A CARTRIDGE CPT DEFT DELORA FOURIERFT FROD GLORA GRALORA HIRA HRA IA3 LILY LN_TUNING LOHA LOKR LORA MISS MULTITASK_PROMPT_TUNING OFT OSF PEANUT POLY PREFIX_TUNING PROMPT_TUNING PSOFT PVERA P_TUNING RANDLORA ROAD SHADOW SHIRA SUPERTUNING TINYLORA UNILORA VBLORA VERA WAVEFT',
    ],
    ['lora_alpha', NUMBER, 'ADALORA LORA'],
    ['alpha', NUMBER, 'GRALORA LOHA LOKR'],
    ['psoft_alpha', NUMBER, 'PSOFT'],
    ['randlora_alpha', NUMBER, 'RANDLORA'],
    ['shadow_alpha', NUMBER, 'SHADOW'],
    ['scaling', NUMBER, 'FOURIERFT LILY PEANUT WAVEFT'],
    ['regularization_alpha', NUMBER, 'FROD'],
    ['d_initial', NUMBER, 'PVERA VERA'],
    ['boft_dropout', NUMBER, 'BOFT'],
    ['module_dropout', NUMBER, 'OFT'],
    ['lora_dropout', DROPOUT, 'ADALORA LORA'],
    ['deft_dropout', DROPOUT, 'DEFT'],
    ['module_dropout', DROPOUT, 'DELORA'],
    ['frod_dropout', DROPOUT, 'FROD'],
    ['gralora_dropout', DROPOUT, 'GRALORA'],
    ['hira_dropout', DROPOUT, 'HIRA'],
    ['miss_dropout', DROPOUT, 'MISS'],
    ['psoft_dropout', DROPOUT, 'PSOFT'],
    ['pvera_dropout', DROPOUT, 'PVERA'],
    ['randlora_dropout', DROPOUT, 'RANDLORA'],
    ['tinylora_dropout', DROPOUT, 'TINYLORA'],
    ['unilora_dropout', share(false), 'UNILORA'],
    ['sparse_rate', share(false), 'FROD'],
    ['weight_tying', share(false), 'TINYLORA'],
    ['lora_dropout', share(true), 'SUPERTUNING'],
    ['sparsity', share(true), 'SUPERTUNING'],
    ['vblora_dropout', DROPOUT, 'VBLORA'],
    ['vera_dropout', DROPOUT, 'VERA'],
    ['alpha_pattern', OBJECT, 'LOHA LOKR LORA'],
    ['rank_pattern', OBJECT, 'DELORA HIRA LOHA LOKR LORA'],
    ['block_size_pattern', OBJECT, 'C3A'],
    ['lambda_pattern', OBJECT, 'DELORA'],
    ['n_frequency_pattern', OBJECT, 'FOURIERFT WAVEFT'],
    ['rank_pattern', OBJECT_OR_NULL, 'ADALORA'],
    ['rank_pattern', OBJECT_OR_NOTHING, 'OSF'],
    ['lora_alpha', NUMBER_OR_NULL, 'SUPERTUNING'],
    ['arrow_config', OBJECT_OR_NULL, 'ADALORA LORA'],
    ['corda_config', OBJECT_OR_NULL, 'ADALORA LORA'],
    ['eva_config', OBJECT_OR_NULL, 'ADALORA LORA'],
    ['kasa_config', OBJECT_OR_NULL, 'ADALORA LORA'],
    ['lora_ga_config', OBJECT_OR_NULL, 'ADALORA LORA'],
    ['use_bdlora', OBJECT_OR_NULL, 'ADALORA LORA'],
    ['velora_config', OBJECT_OR_NULL, 'ADALORA LORA'],
    ['target_parameters', LISTS_OR_NOTHING, 'ADALORA LORA'],
    ['layer_replication', LISTS_OR_NOTHING, 'ADALORA LORA'],
    ['init_lora_weights', LORA_INIT, 'LORA'],
    ['init_weights', BOOLEAN, 'BOFT OFT'],
    ['select_top', BOOLEAN, 'SUPERTUNING'],
    ['save_projection', SCALAR, 'FROD PVERA RANDLORA TINYLORA VERA'],
    ['decomposition_method', oneOf('relu', 'qr'), 'DEFT'],
    ['config_A_B', oneOf('lora', 'vector', 'constant', 'none'), 'GLORA'],
    ['config_C', oneOf('lora', 'vector', 'none'), 'GLORA'],
    ['config_D_E', oneOf('vector', 'constant', 'none'), 'GLORA'],
    ['poly_type', oneOf('poly'), 'POLY'],
    ['ab_svd_init', oneOf('psoft_init', 'pissa_init'), 'PSOFT'],
    ['psoft_svd', oneOf('full', 'lowrank'), 'PSOFT'],
    ['variant', oneOf('road_1', 'road_2', 'road_4'), 'ROAD'],
    ['num_virtual_tokens', wholeFrom(0), 'CARTRIDGE PREFIX_TUNING'],
    [
        'num_virtual_tokens',
        wholeFrom(0, 'booleans'),
        'MULTITASK_PROMPT_TUNING PROMPT_TUNING P_TUNING',
    ],
    ['num_ranks', wholeFrom(0, 'booleans'), 'MULTITASK_PROMPT_TUNING'],
    ['num_tasks', wholeFrom(0), 'MULTITASK_PROMPT_TUNING'],
    ['adapter_len', wholeFrom(0, 'booleans'), 'ADAPTION_PROMPT'],
    ['adapter_layers', wholeNumber(false), 'ADAPTION_PROMPT'],
    [
        'num_transformer_submodules',
        wholeNumber(true),
        'CARTRIDGE MULTITASK_PROMPT_TUNING PREFIX_TUNING PROMPT_TUNING P_TUNING',
    ],
    [
        'token_dim',
        wholeNumber(true),
        'MULTITASK_PROMPT_TUNING PROMPT_TUNING P_TUNING',
    ],
    ['init_r', wholeFrom(0), 'ADALORA'],
    ['n_frequency', wholeFrom(1), 'FOURIERFT WAVEFT'],
    ['block_size', wholeFrom(1, 'true'), 'C3A'],
    ['gralora_k', wholeFrom(1, 'true'), 'GRALORA'],
    ['depth', wholeFrom(0, 'booleans'), 'PEANUT'],
    ['u', wholeFrom(1), 'TINYLORA'],
    ['theta_d_length', wholeFrom(1), 'UNILORA'],
    ['num_vectors', wholeFrom(0), 'VBLORA'],
    ['vector_length', wholeFrom(1, 'true'), 'VBLORA'],
    ['topk', wholeFrom(1), 'VBLORA'],
    ['num_B', wholeFrom(2), 'LILY'],
    ['stride_A', wholeFrom(1, 'true'), 'LILY'],
    ['group_size', EVEN, 'ROAD'],
    ['r', wholeFrom(0), 'GLORA'],
    ['r', NUMBER, 'OFT'],
    ['r', wholeFrom(1), 'ADAMSS'],
    ['oft_block_size', NUMBER, 'OFT'],
    ['boft_block_size', NUMBER, 'BOFT'],
    ['boft_block_num', NUMBER, 'BOFT'],
    ['num_cayley_neumann_terms', NUMBER, 'OFT'],
    ['num_frozen_tokens', NUMBER, 'CARTRIDGE'],
    ['alora_invocation_tokens', LISTS_OR_NOTHING, 'ADALORA LORA'],
    ['monteclora_config', LISTS_OR_NOTHING, 'LORA'],
    ['trainable_token_indices', LAYERS, 'ADALORA LORA'],
    ['token_indices', LAYERS, 'TRAINABLE_TOKENS'],
    ['feedforward_modules', NAMES_OR_NONE, 'IA3'],
    ['orth_reg_weight', NUMBER, 'ADALORA'],
    ['tfinal', NUMBER, 'ADALORA'],
    ['tinit', NUMBER, 'ADALORA'],
    ['subspace_rank', NUMBER, 'ADAMSS'],
    ['hybrid_r', NUMBER, 'GRALORA'],
    ['decompose_factor', NUMBER, 'LOKR'],
    ['init_theta_d_bound', NUMBER, 'UNILORA'],
    ['init_logits_std', NUMBER, 'VBLORA'],
    ['init_vector_bank_bound', NUMBER, 'VBLORA'],
    ['num_layers', wholeNumber(true), 'CARTRIDGE PREFIX_TUNING'],
    ['generator_seed', wholeNumber(true), 'PVERA'],
    ['random_seed', wholeNumber(true), 'SHIRA'],
    ['projection_seed', wholeNumber(false), 'TINYLORA'],
    ['delora_lambda', SCALAR, 'DELORA'],
    ['runtime_offload_base_weight', SCALAR, 'FROD'],
    ['save_precomputed_indices', SCALAR, 'SUPERTUNING'],
    ['cpt_token_ids', LIST, 'CPT'],
    ['cpt_mask', LIST_OR_NULL, 'CPT'],
    ['cpt_tokens_type_mask', LIST_OR_NULL, 'CPT'],
    ['act_fn', TEXT, 'PEANUT'],
    ['wavelet_family', TEXT, 'WAVEFT'],
    ['n_splits', wholeFrom(1), 'POLY'],
    ['n_tasks', wholeFrom(0), 'POLY'],
    ['n_skills', wholeFrom(0, 'booleans'), 'POLY'],
    ['random_loc_seed', SEED, 'FOURIERFT WAVEFT'],
    ['projection_prng_key', SEED, 'FROD PVERA RANDLORA VERA'],
    ['total_step', POSITIVE, 'ADALORA'],
];
const REQUIRED = [
    ['adapter_layers', 'ADAPTION_PROMPT', 'TypeError'],
    ['adapter_len', 'ADAPTION_PROMPT', 'TypeError'],
    [
        'cpt_token_ids',
        'CPT',
        'ValueError: cpt_token_ids, cpt_mask and cpt_tokens_type_mask must have the same length.',
    ],
    [
        'num_virtual_tokens',
        'CARTRIDGE MULTITASK_PROMPT_TUNING PREFIX_TUNING PROMPT_TUNING P_TUNING',
        'TypeError',
    ],
    [
        'oft_block_size',
        'OFT',
        'ValueError: OFT has been updated since PEFT 0.14.0.',
    ],
    ['task_type', 'CPT', CPT_TASK],
    [
        'total_step',
        'ADALORA',
        'ValueError: AdaLoRA does not work when `total_step` is None, supply a value > 0.',
    ],
];
const PATTERN_ROWS = [
    ['alpha_pattern', NUMBER, 'LOHA LOKR LORA'],
    ['block_size_pattern', wholeFrom(1, 'true'), 'C3A'],
    ['n_frequency_pattern', wholeFrom(1), 'FOURIERFT WAVEFT'],
    ['rank_pattern', POSITIVE, 'LOKR'],
    ['rank_pattern', { ...wholeFrom(1), raises: ofRank }, 'DELORA LOHA LORA'],
];
function ofRank(found) {
    return isWhole(found)
        ? `ValueError: \`r\` should be a positive integer value but the value passed is ${wordsOf(found)}`
        : 'TypeError';
}

;// CONCATENATED MODULE: ./lib/core/layout/config-fields.js



const FIELD_RULES = byType(FIELD_ROWS);
const PATTERN_RULES = byType(PATTERN_ROWS);
function byType(rows) {
    const rules = new Map();
    for (const [field, rule, types] of rows)
        for (const type of types.split(' ')) {
            const ofType = rules.get(type) ?? new Map();
            rules.set(type, ofType.set(field, rule));
        }
    return rules;
}
function findRefusedFields(peftType, fields) {
    const refused = [...fields].flatMap(([field, node]) => {
        const rule = FIELD_RULES.get(peftType)?.get(field);
        if (rule === undefined)
            return [];
        return rule.accepts(node)
            ? refusedOfPattern(peftType, fields, field)
            : [refusedField(field, node, rule)];
    });
    return [...missingFields(peftType, fields), ...refused];
}
function missingFields(peftType, fields) {
    return REQUIRED.flatMap(([field, types, raises]) => !types.split(' ').includes(peftType) || fields.has(field)
        ? []
        : { field, found: '', takes: 'a value', raises });
}
function refusedField(field, node, { takes, raises }) {
    const found = wordsOf(node);
    return { field, found, takes, raises: raises?.(node) ?? 'TypeError' };
}
function refusedOfPattern(peftType, fields, field) {
    const rule = PATTERN_RULES.get(peftType)?.get(field);
    if (rule === undefined)
        return [];
    const targets = new Set(asArray(fields.get('target_modules'))?.map((item) => asString(item)));
    return [...(asObject(fields.get(field)) ?? [])].flatMap(([name, node]) => rule.accepts(node) || !targets.has(name)
        ? []
        : refusedField(`${field}.${name}`, node, rule));
}

;// CONCATENATED MODULE: ./lib/core/layout/config-pairs.js



const PAIRS = [
    {
        types: 'ADALORA C3A DEFT DELORA FOURIERFT HIRA HRA LORA MISS PSOFT SHADOW UNILORA WAVEFT',
        field: 'layers_to_transform',
        isRefused: (fields) => isText(fields, 'target_modules') && isSet(fields, 'layers_to_transform'),
        takes: 'null where target_modules is a text',
        raises: 'ValueError: `layers_to_transform` cannot be used when `target_modules` is a str.',
    },
    {
        types: 'C3A DEFT FOURIERFT HIRA HRA LORA MISS PSOFT SHADOW UNILORA WAVEFT',
        field: 'layers_pattern',
        isRefused: (fields) => isText(fields, 'target_modules') && isSet(fields, 'layers_pattern'),
        takes: 'null where target_modules is a text',
        raises: 'ValueError: `layers_pattern` cannot be used when `target_modules` is a str.',
    },
    {
        types: 'ADALORA BOFT DEFT DELORA FOURIERFT FROD HRA LILY LOHA LOKR LORA OFT PEANUT PSOFT PVERA SHADOW TINYLORA VBLORA VERA WAVEFT',
        field: 'layers_pattern',
        isRefused: (fields) => config_pairs_isOn(fields, 'layers_pattern') && !isSet(fields, 'layers_to_transform'),
        takes: 'null where layers_to_transform is not set',
        raises: 'ValueError: When `layers_pattern` is specified, `layers_to_transform` must also be specified.',
    },
    {
        types: 'ADALORA LORA',
        field: 'target_modules',
        isRefused: (fields) => isSet(fields, 'target_modules') &&
            !config_pairs_isOn(fields, 'target_modules') &&
            !config_pairs_isOn(fields, 'target_parameters'),
        takes: 'names where target_parameters has none',
        raises: 'ValueError: No `target_modules` passed but also no `target_parameters` found.',
    },
    {
        types: 'ADALORA BOFT DEFT DELORA FOURIERFT HIRA HRA IA3 LILY LN_TUNING LOHA LOKR LORA MISS OFT PEANUT POLY PSOFT SHADOW VBLORA WAVEFT',
        field: 'exclude_modules',
        isRefused: (fields) => {
            const excluded = new Set(textsOf(fields, 'exclude_modules'));
            const targets = textsOf(fields, 'target_modules') ?? [];
            return (targets.length > 0 &&
                targets.every((target) => isNamedBy(target, excluded)) &&
                !config_pairs_isOn(fields, 'target_parameters'));
        },
        takes: 'names that leave some of target_modules',
        raises: 'ValueError: No modules were targeted for adaptation.',
    },
    {
        types: 'LORA',
        field: 'init_lora_weights',
        isRefused: (fields) => config_pairs_isOn(fields, 'lora_bias') && !isSwitch(fields, 'init_lora_weights', 1),
        takes: 'true or false where lora_bias is on',
        raises: 'ValueError: The argument lora_bias=True is only supported with init_lora_weights=True or False',
    },
    {
        types: 'LORA',
        field: 'use_dora',
        isRefused: (fields) => config_pairs_isOn(fields, 'lora_bias') && config_pairs_isOn(fields, 'use_dora'),
        takes: 'false where lora_bias is on',
        raises: 'ValueError: The argument lora_bias=True is not supported for DoRA',
    },
    {
        types: 'LORA',
        field: 'init_lora_weights',
        isRefused: (fields) => asString(fields.get('init_lora_weights')) === 'mica' &&
            config_pairs_isOn(fields, 'use_dora'),
        takes: 'no "mica" where use_dora is on',
        raises: "ValueError: Invalid or unsupported variant combination: ('mica', 'use_dora')",
    },
    {
        types: 'LORA',
        field: 'loftq_config',
        isRefused: (fields) => asString(fields.get('init_lora_weights')) === 'loftq' &&
            !config_pairs_isOn(fields, 'loftq_config'),
        takes: 'its settings where init_lora_weights is "loftq"',
        raises: "ValueError: `loftq_config` must be specified when `init_lora_weights` is 'loftq'.",
    },
    {
        types: 'ADALORA',
        field: 'use_dora',
        isRefused: (fields) => config_pairs_isOn(fields, 'use_dora'),
        takes: 'false',
        raises: 'ValueError: ADALORA does not support DoRA.',
    },
    {
        types: 'ADALORA',
        field: 'tinit',
        isRefused: (fields) => (numberOf(fields.get('tinit')) ?? 0) >=
            (numberOf(fields.get('total_step')) ?? Infinity) -
                (numberOf(fields.get('tfinal')) ?? 0),
        takes: 'less than total_step without tfinal',
        raises: "ValueError: The supplied schedule values don't allow for a budgeting phase.",
    },
    {
        types: 'ADALORA',
        field: 'rank_pattern',
        isRefused: (fields) => [...(asObject(fields.get('rank_pattern'))?.values() ?? [])].some(({ kind }) => kind !== 'array'),
        takes: 'a list of true and false for each name',
        raises: 'TypeError: Unexpected type of rank_idx',
    },
    {
        types: 'BOFT',
        field: 'boft_block_size',
        isRefused: (fields) => isZero(fields, 'boft_block_size', 4) ===
            isZero(fields, 'boft_block_num', 0),
        takes: '0 where boft_block_num is set, and another number where it is not',
        raises: 'ValueError: You can only specify either boft_block_size (…) or boft_block_num (…), but not both simultaneously',
    },
    {
        types: 'OFT',
        field: 'oft_block_size',
        isRefused: (fields) => isZero(fields, 'r', 0) === isZero(fields, 'oft_block_size', 32),
        takes: '0 where r is set, and another number where it is not',
        raises: 'ValueError: You can only specify either r (…) or oft_block_size (…), but not both simultaneously',
    },
    {
        types: 'OFT',
        field: 'peft_version',
        isRefused: (fields) => {
            const version = fields.get('peft_version');
            return (version !== undefined &&
                config_pairs_isOn(fields, 'use_cayley_neumann') &&
                !/^v?\d/.test(asString(version) ?? ''));
        },
        takes: 'a version where use_cayley_neumann is on',
        raises: 'InvalidVersion: Invalid version: …',
    },
    {
        types: 'GRALORA',
        field: 'r',
        isRefused: (fields) => (numberOf(fields.get('r')) ?? 32) %
            (numberOf(fields.get('gralora_k')) ?? 2) !==
            0,
        takes: 'a multiple of gralora_k',
        raises: 'ValueError: r should be divisible by gralora_k',
    },
    {
        types: 'IA3',
        field: 'feedforward_modules',
        isRefused: (fields) => {
            const listed = textsOf(fields, 'target_modules');
            const targets = listed && new Set(listed);
            const feedforward = textsOf(fields, 'feedforward_modules');
            return (targets !== null &&
                feedforward?.every((name) => targets.has(name)) === false);
        },
        takes: 'names that are in target_modules',
        raises: 'ValueError: `feedforward_modules` should be a subset of `target_modules`',
    },
    {
        types: 'SUPERTUNING',
        field: 'r',
        isRefused: (fields) => !isSet(fields, 'r') && isSet(fields, 'lora_alpha'),
        takes: 'a whole number where lora_alpha is set',
        raises: 'ValueError: lora_alpha is set but r is None — Supra mode requires an explicit r.',
    },
    {
        types: 'CPT',
        field: 'cpt_token_ids',
        isRefused: (fields) => {
            const lengths = ['cpt_token_ids', 'cpt_mask', 'cpt_tokens_type_mask']
                .map((field) => asArray(fields.get(field))?.length)
                .filter((length) => length !== undefined);
            return new Set(lengths).size > 1;
        },
        takes: 'as many values as cpt_mask and cpt_tokens_type_mask',
        raises: 'ValueError: cpt_token_ids, cpt_mask and cpt_tokens_type_mask must have the same length.',
    },
    {
        types: 'MULTITASK_PROMPT_TUNING PROMPT_TUNING',
        field: 'prompt_tuning_init',
        isRefused: (fields) => asString(fields.get('prompt_tuning_init')) === 'TEXT' &&
            !config_pairs_isOn(fields, 'tokenizer_name_or_path'),
        takes: 'no "TEXT" where tokenizer_name_or_path is not set',
        raises: "ValueError: When prompt_tuning_init='TEXT', tokenizer_name_or_path can't be None.",
    },
    {
        types: 'MULTITASK_PROMPT_TUNING PROMPT_TUNING',
        field: 'tokenizer_kwargs',
        isRefused: (fields) => config_pairs_isOn(fields, 'tokenizer_kwargs') &&
            asString(fields.get('prompt_tuning_init')) !== 'TEXT',
        takes: 'null where prompt_tuning_init is not "TEXT"',
        raises: "ValueError: tokenizer_kwargs only valid when using prompt_tuning_init='TEXT'.",
    },
];
function findRefusedPairs(peftType, fields) {
    return PAIRS.filter(({ types, isRefused }) => types.split(' ').includes(peftType) && isRefused(fields)).map(({ field, takes, raises }) => {
        const node = fields.get(field);
        const found = node === undefined ? 'its default' : wordsOf(node);
        return { field, found, takes, raises };
    });
}
function isText(fields, field) {
    return fields.get(field)?.kind === 'string';
}
function isSet(fields, field) {
    return (fields.get(field)?.kind ?? 'null') !== 'null';
}
function config_pairs_isOn(fields, field) {
    return isTruthy(fields.get(field));
}
function isSwitch(fields, field, unset) {
    const node = fields.get(field);
    const value = node === undefined ? unset : numberOf(node);
    return value === 0 || value === 1;
}
function isZero(fields, field, unset) {
    const node = fields.get(field);
    return (node === undefined ? unset : numberOf(node)) === 0;
}
function textsOf(fields, field) {
    const items = asArray(fields.get(field));
    return items?.flatMap((item) => asString(item) ?? []) ?? null;
}

;// CONCATENATED MODULE: ./lib/core/layout/peft-types.js
const PEFT_TYPES = new Map([
    ['ADALORA', 'any'],
    ['ADAMSS', 'any'],
    ['ADAPTION_PROMPT', 'any'],
    ['BEFT', 'any'],
    ['BOFT', 'any'],
    ['C3A', 'any'],
    ['CARTRIDGE', 'any'],
    ['CPT', 'any'],
    ['DEFT', 'integer'],
    ['DELORA', 'integer'],
    ['FOURIERFT', 'any'],
    ['FROD', 'any'],
    ['GLORA', 'any'],
    ['GRALORA', 'integer'],
    ['HIRA', 'integer'],
    ['HRA', 'integer or true'],
    ['IA3', 'any'],
    ['LILY', 'integer'],
    ['LN_TUNING', 'any'],
    ['LOHA', 'integer'],
    ['LOKR', 'number'],
    ['LORA', 'integer'],
    ['MISS', 'integer'],
    ['MULTITASK_PROMPT_TUNING', 'any'],
    ['OFT', 'any'],
    ['OSF', 'any'],
    ['PEANUT', 'integer'],
    ['POLY', 'integer or true'],
    ['PREFIX_TUNING', 'any'],
    ['PROMPT_TUNING', 'any'],
    ['PSOFT', 'number or true'],
    ['PVERA', 'integer or true'],
    ['P_TUNING', 'any'],
    ['RANDLORA', 'integer'],
    ['ROAD', 'any'],
    ['SHADOW', 'integer'],
    ['SHIRA', 'integer or true'],
    ['SUPERTUNING', 'integer or null'],
    ['TINYLORA', 'integer or true'],
    ['TRAINABLE_TOKENS', 'any'],
    ['UNILORA', 'integer'],
    ['VBLORA', 'integer'],
    ['VERA', 'integer'],
    ['WAVEFT', 'any'],
    ['XLORA', 'any'],
]);
function findRankRule(peftType) {
    return PEFT_TYPES.get(peftType) ?? null;
}

;// CONCATENATED MODULE: ./lib/core/layout/adapter-config.js






async function readAdapterConfig(file) {
    const json = await file.json();
    if (!json.ok)
        return json;
    const fields = asObject(json.value);
    if (fields === null)
        return (0,parsed/* defective */.Q)({ code: 'not-an-object' });
    const type = fields.get('peft_type');
    if (type === undefined)
        return (0,parsed/* defective */.Q)({ code: 'no-peft-type', keys: [...fields.keys()] });
    const peftType = asString(type);
    if (peftType === null)
        return (0,parsed/* defective */.Q)({ code: 'peft-type-not-a-string', found: type.kind });
    return checkFields(peftType, fields);
}
function checkFields(peftType, fields) {
    const rule = findRankRule(peftType);
    const rank = fields.get('r');
    if (rule !== null && rank !== undefined && !isRank(rank, rule))
        return (0,parsed/* defective */.Q)({ code: 'rank-invalid', peftType, found: wordsOf(rank) });
    const refused = [
        ...findRefusedFields(peftType, fields),
        ...findRefusedPairs(peftType, fields),
    ];
    if (refused.length > 0)
        return (0,parsed/* defective */.Q)({ code: 'fields-invalid', peftType, refused });
    return (0,parsed/* parsed */.Y)({
        peftType,
        isKnownType: rule !== null,
        hasRankPattern: (asObject(fields.get('rank_pattern'))?.size ?? 0) > 0,
        fields,
    });
}
function isRank(node, rule) {
    if (rule === 'any')
        return true;
    switch (node.kind) {
        case 'number':
            return (Number(node.lexeme) > 0 &&
                (rule.startsWith('number') || /^\d+$/.test(node.lexeme)));
        case 'boolean':
            return node.value && rule.endsWith('true');
        case 'null':
            return rule.endsWith('null');
        default:
            return false;
    }
}

// EXTERNAL MODULE: ./lib/core/bytes/walk-policy.js
var walk_policy = __nccwpck_require__(389);
;// CONCATENATED MODULE: ./lib/core/layout/names.js

const ADAPTER_CONFIG = 'adapter_config.json';
const ADAPTER_SAFETENSORS = 'adapter_model.safetensors';
const ADAPTER_BIN = 'adapter_model.bin';
const MODEL_CONFIG = 'config.json';
const GENERATION_CONFIG = 'generation_config.json';
const MODEL_SAFETENSORS = 'model.safetensors';
const MODEL_SAFETENSORS_INDEX = 'model.safetensors.index.json';
const MODEL_BIN = 'pytorch_model.bin';
const MODEL_BIN_INDEX = 'pytorch_model.bin.index.json';
const MODEL_SHARD = /^(?:model-\d{5,6}-of-\d{5,6}\.safetensors|pytorch_model-\d{5,6}-of-\d{5,6}\.bin)$/;
const TRAINER_STATE = 'trainer_state.json';
const TRAINER_FILE = /^(?:trainer_state\.json|training_args\.bin|optimizer\.pt|scheduler\.pt|rng_state(?:_\d+)?\.pth)$/;
const ACCELERATE_FILE = /^(?:(?:optimizer|scheduler|sampler|dl_state_dict)(?:_\d+)?\.bin|random_states_\d+\.pkl|custom_checkpoint_\d+\.pkl)$/;
const TRAINERS_ONLY = /^(?:trainer_state\.json|rng_state(?:_\d+)?\.pth|training_args\.bin)$/;
const SCALER_FILE = 'scaler.pt';
const ACCELERATE_RANDOM_STATES = /^random_states_(\d{1,6})\.pkl$/;
const FSDP_WHOLE_MODEL = /^pytorch_model_fsdp(?:_\d+)?\.bin$/;
const ACCELERATE_OPTIMIZER = 'optimizer.bin';
const SAFETENSORS_TEMPORARY = /^\.tmp[A-Za-z0-9]{6}$/;
const TRAINER_FOLDER = /^checkpoint-(\d{1,4300})$/;
const CHECKPOINT_FOLDER = /^checkpoint[-_](\d{1,4300})$/;
const STEP_FOLDERS = [
    CHECKPOINT_FOLDER,
    /^(?:global_)?step[-_]?(\d{1,15})$/,
    /^(?:iter|epoch)_(\d{1,15})$/,
    /-(\d{6})-state$/,
    /-step(\d{8})-state$/,
    /\bstep=(\d{1,15})\b[^/]*\.ckpt$/,
];
const STEP_FILES = [
    /\bstep=?(\d{1,15})\b/,
    /-(\d{6})\.safetensors$/,
    /^(\d{7})_adapters\.safetensors$/,
];
const LIGHTNING_FILE = /(?:^|[-_.])(?:epoch|step)=\d+[^/]*\.ckpt$|^last(?:-v\d+)?\.ckpt$/;
const LEFTOVER_FOLDER = /^(?:tmp-checkpoint-.*|.*-unfinished)$/;
const INITIAL_FOLDER = /^(?:pissa_init|loftq_init)$/;
const WEIGHTS_EXTENSION = /\.(?:safetensors|bin|pt|pth|ckpt|distcp|gguf|npz|npy|msgpack|h5|onnx)$/i;
const STATE_FILE = /^(?:optimizer|scheduler|sampler|dl_state_dict|training_args|scaler|rng_state|random_states|custom_checkpoint)[\w.]*$/;
const SIDE_FILE = /^(?:\..*|[A-Z_]+|latest|merges|vocab|events\.out\.tfevents.*|.*\.(?:json|model|vocab|tiktoken|spm))$/;
function isPerhapsWeightsName(name) {
    return (!(0,walk_policy/* isBeside */.Z)(name) &&
        !SIDE_FILE.test(name) &&
        !isTrainingStateName(name) &&
        !STATE_FILE.test(name));
}
function isCheckpointFolderName(name) {
    return CHECKPOINT_FOLDER.test(name);
}
function isLeftoverFolderName(name) {
    return LEFTOVER_FOLDER.test(name);
}
function isInitialFolderName(name) {
    return INITIAL_FOLDER.test(name);
}
function isTrainerStateName(name) {
    return TRAINER_FILE.test(name);
}
function isTrainingStateName(name) {
    return (TRAINER_FILE.test(name) ||
        ACCELERATE_FILE.test(name) ||
        name === SCALER_FILE);
}
const BESIDE_FINAL = /^(?:training_args\.bin|trainer_state\.json)$/;
function keepsTrainingState(name) {
    return isTrainingStateName(name) && !BESIDE_FINAL.test(name);
}
function isWeightsLikeName(name) {
    return WEIGHTS_EXTENSION.test(name) && !STATE_FILE.test(name);
}
function isLightningName(name) {
    return LIGHTNING_FILE.test(name);
}
function seriesOf(name) {
    return name.replace(/\.[a-z]+$/, '').replace(/-(?:\d{6}|step\d{8})$/, '');
}
function hugeStepIn(name) {
    const digits = CHECKPOINT_FOLDER.exec(name)?.[1];
    return digits === undefined || Number.isSafeInteger(Number(digits))
        ? null
        : BigInt(digits);
}
function isStepFolderName(name) {
    return STEP_FOLDERS.some((pattern) => pattern.test(name));
}
function stepInFolderName(name) {
    return firstNumber(STEP_FOLDERS, name);
}
function stepInFileName(name) {
    return firstNumber(STEP_FILES, name);
}
function firstNumber(patterns, name) {
    for (const pattern of patterns) {
        const digits = pattern.exec(name)?.[1];
        if (digits === undefined)
            continue;
        const step = Number(digits);
        return Number.isSafeInteger(step) ? step : null;
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/shapes.js

function nearestSet({ sets }, { isNamedBy, isOn }) {
    const fields = [...new Set(sets.flatMap(({ namedBy }) => namedBy ?? []))];
    const allowed = sets.filter(({ onlyWith }) => onlyWith.every(isOn));
    return ({ path, tensors }) => {
        const named = fields.find((field) => isNamedBy(field, path) === true);
        const isTold = fields.every((field) => isNamedBy(field, path) !== null);
        let nearest = null;
        let least = Infinity;
        for (const set of allowed) {
            if (least === 0)
                break;
            if (isTold && set.namedBy !== (named ?? null))
                continue;
            const distance = distanceOf(set, tensors);
            if (distance >= least)
                continue;
            nearest = set;
            least = distance;
        }
        return nearest;
    };
}
const NEARLY = 1 / 64;
function distanceOf(set, tensors) {
    const { required, optional } = set;
    let distance = absentOf(set, tensors).length;
    tensors.forEach((own, suffix) => {
        const isOfSuffix = (one) => one.suffix === suffix;
        const parameter = required.find(isOfSuffix) ?? optional.find(isOfSuffix);
        if (parameter === undefined)
            distance += 1;
        else if (!own.every((one) => isOfForm(parameter, one)))
            distance += NEARLY;
    });
    return distance;
}
function isOfForm({ shape: words }, { shape }) {
    const isOpen = words.at(-1) === REST;
    return ((isOpen
        ? shape.length >= words.length - 1
        : shape.length === words.length) &&
        words.every((word, at) => !isNumber(word) || Number(word) === shape[at]));
}
function isNumber(word) {
    return word.charCodeAt(0) <= 0x39 && /^\d+$/.test(word);
}
function absentOf({ required }, tensors) {
    return required.filter(({ suffix }) => !tensors.has(suffix));
}
function findMisshapen(set, tensors, known) {
    const sizes = new Map(known);
    for (const parameter of [...set.required, ...set.optional])
        for (const tensor of tensors.get(parameter.suffix) ?? []) {
            const wrong = compare(parameter, tensor, sizes);
            if (wrong !== null)
                return wrong;
        }
    return null;
}
const REST = '…';
const PAIRED = 2;
function compare({ suffix, shape: words }, tensor, sizes) {
    const isOpen = words.at(-1) === REST;
    const fixed = isOpen ? words.slice(0, -1) : words;
    const wrong = (letter, size) => ({
        tensor,
        expected: shownWords(words),
        letter,
        size,
    });
    const found = tensor.shape;
    if (isOpen ? found.length < fixed.length : found.length !== fixed.length)
        return wrong(null, null);
    const rest = found.length - fixed.length;
    const paired = sizes.get(REST);
    if (isOpen && fixed.length === PAIRED) {
        if (paired !== undefined && paired !== rest)
            return wrong(null, null);
        sizes.set(REST, rest);
    }
    if (suffix.includes('#') || suffix.includes(REST))
        return null;
    for (let at = 0; at < fixed.length; at += 1) {
        const word = fixed[at] ?? '*';
        const size = found[at] ?? 0;
        if (word === '*')
            continue;
        const expected = sizeOf(word, size, sizes);
        if (expected !== null && expected !== size)
            return wrong(word, expected);
    }
    return null;
}
function sizeOf(word, found, sizes) {
    const own = sizes.get(word);
    if (own !== undefined)
        return own;
    if (word.startsWith(TRIANGLE)) {
        const side = sizes.get(word.slice(TRIANGLE.length));
        return side === undefined ? null : (side * (side - 1)) / 2;
    }
    if (!word.includes(TIMES) && !isNumber(word)) {
        sizes.set(word, found);
        return found;
    }
    let known = 1;
    const unknown = [];
    for (const factor of word.split(TIMES)) {
        const size = isNumber(factor) ? Number(factor) : sizes.get(factor);
        if (size === undefined)
            unknown.push(factor);
        else
            known *= size;
    }
    const [letter, ...more] = unknown;
    if (letter === undefined)
        return known;
    if (more.length > 0)
        return null;
    sizes.set(letter, Math.ceil(found / known));
    return Math.ceil(found / known) * known;
}
const TRIANGLE = '△';
const TIMES = '·';
function shownWords(words) {
    const shown = words.map((word) => word.startsWith(TRIANGLE)
        ? word.slice(TRIANGLE.length).replace(/(.*)/, '$1($1-1)/2')
        : word);
    return `[${shown.join(', ')}]`;
}
function isInBlocks(fields) {
    return isTruthy(fields.get('use_bdlora'));
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/meaning.js








const madeOf = oncePer((_tensors) => []);
function meaningOf(config, tensors) {
    const made = madeOf(tensors);
    const before = made.find((one) => isSameConfig(one.config, config));
    if (before !== undefined)
        return before;
    const meaning = makeMeaning(config, tensors);
    if (meaning !== null)
        made.push(meaning);
    return meaning;
}
function isSameConfig(left, right) {
    return (left.peftType === right.peftType &&
        left.fields.size === right.fields.size &&
        [...left.fields].every(([name, node]) => isSameNode(node, right.fields.get(name))));
}
function makeMeaning(config, tensors) {
    const rule = findTypeRule(config.peftType);
    if (rule === null || tensors.length === 0)
        return null;
    const keys = sortKeys(rule, tensors, { isOwnBase: isOwnBase(config) });
    const isNamedBy = (field, path) => namedIn(config.fields.get(field), path);
    const isOn = (field) => {
        const node = config.fields.get(field);
        return node !== undefined && !isFalsy(node);
    };
    const nearest = nearestSet(rule, { isNamedBy, isOn });
    const layers = [...keys.modules.values()].flatMap((module) => {
        const set = nearest(module);
        return set === null ? [] : [{ module, set }];
    });
    return { rule, config, tensors, keys, layers };
}
function namedIn(node, path) {
    if (node?.kind === 'string')
        return fullMatcher(node.value)?.(path) ?? null;
    const names = namesIn(node);
    return names?.some((name) => path.endsWith(name)) ?? null;
}
function isOwnBase({ fields }) {
    const base = asString(fields.get('base_model_name_or_path')) ?? '';
    const mapping = asObject(fields.get('auto_mapping'));
    const library = asString(mapping?.get('parent_library'));
    return (base === '' || (library !== null && !library.startsWith('transformers.')));
}

;// CONCATENATED MODULE: ./lib/core/layout/tensors-in.js
async function readTensorsIn({ file, format, }) {
    if (format === 'safetensors') {
        const header = await file.safetensors();
        return header.ok ? header.value.tensors : null;
    }
    const state = await file.torchState();
    if (!state?.ok || state.value.unknown !== null)
        return null;
    const { tensors, inner } = state.value;
    return tensors.length === 0 && inner.length > 0 ? null : tensors;
}
async function countTensorsIn(weights) {
    if (weights.format === 'torch')
        return (await readTensorsIn(weights))?.length ?? null;
    const count = await weights.file.tensorCount();
    return count.ok ? count.value : null;
}

;// CONCATENATED MODULE: ./lib/core/layout/adapter-set.js





const ADAPTER_FILES = [ADAPTER_CONFIG, ADAPTER_SAFETENSORS, ADAPTER_BIN];
function hasAdapterFile(folder) {
    return ADAPTER_FILES.some((name) => folder.files.has(name) || folder.dangling.has(name));
}
function findAdapterSets(folder, factsOf) {
    const own = hasAdapterFile(folder) ? [adapterSet(folder, null, factsOf)] : [];
    const named = [...folder.folders.values()]
        .filter((below) => isNamedAdapter(folder, below))
        .map((below) => adapterSet(below, below.name, factsOf));
    return [...own, ...named];
}
function isNamedAdapter(folder, below) {
    const { name } = below;
    if (isCheckpointFolderName(name) || isInitialFolderName(name))
        return false;
    if (isLeftoverFolderName(name) || !hasAdapterFile(below))
        return false;
    if (isCheckpointFolderName(folder.name))
        return true;
    return folder.files.has('README.md') && !below.files.has('README.md');
}
function adapterSet(folder, name, factsOf) {
    const configFile = factsOf(folder, ADAPTER_CONFIG);
    const safetensors = factsOf(folder, ADAPTER_SAFETENSORS);
    const bin = factsOf(folder, ADAPTER_BIN);
    const weights = weightsFile(safetensors, bin);
    const config = memoise(async () => configFile === null ? null : readAdapterConfig(configFile));
    return {
        name,
        path: folder.shown,
        configFile,
        config,
        meaning: memoise(async () => {
            const read = await config();
            if (!read?.ok || weights === null)
                return null;
            const tensors = await readTensorsIn(weights);
            return tensors === null ? null : meaningOf(read.value, tensors);
        }),
        weights,
        passedOver: safetensors === null ? null : bin,
        dangling: danglingAmong(folder, ADAPTER_FILES),
    };
}
function danglingAmong(folder, names) {
    return new Set(names.filter((name) => folder.dangling.has(name)));
}
function weightsFile(safetensors, bin) {
    if (safetensors !== null)
        return { file: safetensors, format: 'safetensors' };
    return bin === null ? null : { file: bin, format: 'torch' };
}

;// CONCATENATED MODULE: ./lib/core/layout/weight-index.js


async function readWeightIndex(file) {
    const json = await file.json();
    file.forget();
    if (!json.ok)
        return json;
    const map = asObject(member(json.value, 'weight_map'));
    if (map === null)
        return (0,parsed/* defective */.Q)({ code: 'no-weight-map' });
    const metadata = asObject(member(json.value, 'metadata'));
    if (metadata === null)
        return (0,parsed/* defective */.Q)({ code: 'no-metadata' });
    const shards = readMap(map);
    if (!shards.ok)
        return shards;
    const totalBytes = weight_index_numberOf(metadata.get('total_size'));
    return (0,parsed/* parsed */.Y)({ ...shards.value, totalBytes });
}
function weight_index_numberOf(node) {
    const number = node?.kind === 'number' ? Number(node.lexeme) : NaN;
    return Number.isSafeInteger(number) ? number : null;
}
function readMap(map) {
    const weightMap = new Map();
    for (const [tensor, node] of map) {
        const shard = asString(node);
        if (shard === null)
            return (0,parsed/* defective */.Q)({ code: 'shard-not-a-name', tensor });
        if (!shard.split('/').every(isPlainName))
            return (0,parsed/* defective */.Q)({ code: 'shard-outside', shard });
        if (shard.includes('/'))
            return (0,parsed/* defective */.Q)({ code: 'shard-below', shard });
        weightMap.set(tensor, shard);
    }
    const shards = [...new Set(weightMap.values())].sort();
    return (0,parsed/* parsed */.Y)({ weightMap, shards });
}
function isPlainName(name) {
    return !/[/\\:\0]/.test(name) && !/^\.{0,2}$/.test(name);
}

;// CONCATENATED MODULE: ./lib/core/layout/model-set.js




const WEIGHTS_NAMES = [
    MODEL_SAFETENSORS,
    MODEL_SAFETENSORS_INDEX,
    MODEL_BIN,
    MODEL_BIN_INDEX,
];
function findModelSet(folder, factsOf) {
    const facts = (name) => factsOf(folder, name);
    const shardNames = [...folder.files.keys()].filter((name) => MODEL_SHARD.test(name));
    const isThere = (name) => folder.files.has(name) || folder.dangling.has(name);
    const hasGenerationConfig = isThere(GENERATION_CONFIG);
    const hasWeights = WEIGHTS_NAMES.some(isThere) || shardNames.length > 0;
    if (!hasWeights && !(hasGenerationConfig && isThere(MODEL_CONFIG)))
        return null;
    const single = singleFile(facts);
    const indexFile = single === null ? indexIn(facts) : null;
    const index = memoise(async () => indexFile === null ? null : readWeightIndex(indexFile));
    return {
        path: folder.shown,
        configFile: facts(MODEL_CONFIG),
        needsConfig: true,
        hasGenerationConfig,
        single,
        indexFile,
        index,
        shards: memoise(async () => {
            if (single !== null)
                return new Map();
            const read = await index();
            const named = read?.ok ? read.value.shards : shardNames;
            return shardFiles(named, facts);
        }),
        looseShards: indexFile === null && single === null ? shardNames : [],
        passedOver: passedOver(single, indexFile, facts),
        dangling: danglingAmong(folder, WEIGHTS_NAMES),
    };
}
function singleFile(facts) {
    const safetensors = facts(MODEL_SAFETENSORS);
    if (safetensors !== null)
        return { file: safetensors, format: 'safetensors' };
    if (facts(MODEL_SAFETENSORS_INDEX) !== null)
        return null;
    const bin = facts(MODEL_BIN);
    return bin === null ? null : { file: bin, format: 'torch' };
}
function indexIn(facts) {
    return facts(MODEL_SAFETENSORS_INDEX) ?? facts(MODEL_BIN_INDEX);
}
function shardFiles(names, facts) {
    const shards = new Map();
    for (const name of names) {
        const file = facts(name);
        if (file !== null)
            shards.set(name, { file, format: formatOf(name) });
    }
    return shards;
}
function formatOf(name) {
    return name.includes('safetensors') ? 'safetensors' : 'torch';
}
function passedOver(single, indexFile, facts) {
    const taken = single?.file.name ?? indexFile?.name ?? '';
    if (!taken.includes('safetensors'))
        return null;
    return facts(MODEL_BIN) ?? facts(MODEL_BIN_INDEX);
}

;// CONCATENATED MODULE: ./lib/core/layout/once-per-run.js

function oncePerRun(make) {
    const once = oncePer(make);
    return ({ ofRun }) => once(ofRun);
}

;// CONCATENATED MODULE: ./lib/core/bytes/ahead-limits.js
const KIB = 1024;
const AHEAD_HEADER_BYTES = 128 * KIB;
const AHEAD_HEADER_SLACK_BYTES = KIB;
const AHEAD_TORCH_END_BYTES = 64 * KIB;
const AHEAD_STATE_BYTES = 112 * KIB;
const AHEAD_STATE_END_BYTES = 32 * KIB;
const AHEAD_WHOLE_MAX_BYTES = 64 * KIB;
const AHEAD_CHECKPOINTS = 16;
const STATES_TRANSFERRED_BYTES = 512 * KIB;

;// CONCATENATED MODULE: ./lib/core/formats/pickle/names.js
const NAME_MAX_BYTES = 40;
const SLOTS = 1024;
const known = Array.from({ length: SLOTS });
function latin1(bytes, start, end) {
    if (end - start > NAME_MAX_BYTES)
        return made(bytes, start, end);
    const slot = hashOf(bytes, start, end) % SLOTS;
    const before = known[slot];
    if (before !== undefined && isSame(before, bytes, start, end))
        return before;
    return (known[slot] = made(bytes, start, end));
}
function made(bytes, start, end) {
    let text = '';
    for (let at = start; at < end; at += 1)
        text += String.fromCharCode(bytes[at] ?? 0);
    return text;
}
function hashOf(bytes, start, end) {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at += 1)
        hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    return hash >>> 0;
}
function isSame(text, bytes, start, end) {
    if (text.length !== end - start)
        return false;
    for (let at = 0; at < text.length; at += 1)
        if (text.charCodeAt(at) !== bytes[start + at])
            return false;
    return true;
}

;// CONCATENATED MODULE: ./lib/core/formats/pickle/arguments.js

class Span {
    bytes;
    start;
    end;
    constructor(bytes, start, end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }
    get length() {
        return this.end - this.start;
    }
    array() {
        return this.bytes.subarray(this.start, this.end);
    }
}
const LINE_FEED = 0x0a;
const LINE_MAX_BYTES = 64 * 1024;
function takeArgument(cursor, kind) {
    switch (kind) {
        case 'none':
            return null;
        case 'line':
            return takeLines(cursor, 1);
        case 'two-lines':
            return takeLines(cursor, 2);
        case 'bytes1':
        case 'bytes4':
        case 'bytes8':
            return takeBytes(cursor, LENGTH_BYTES[kind]);
        default:
            return takeNumber(cursor, kind);
    }
}
const LENGTH_BYTES = { bytes1: 1, bytes4: 4, bytes8: 8 };
const NUMBER_BYTES = {
    uint1: 1,
    uint2: 2,
    uint4: 4,
    uint8: 8,
    int4: 4,
    float8: 8,
};
function takeNumber(cursor, kind) {
    const { view, at } = cursor;
    const end = at + NUMBER_BYTES[kind];
    if (end > view.byteLength)
        return undefined;
    cursor.at = end;
    switch (kind) {
        case 'uint1':
            return view.getUint8(at);
        case 'uint2':
            return view.getUint16(at, true);
        case 'uint4':
            return view.getUint32(at, true);
        case 'int4':
            return view.getInt32(at, true);
        case 'float8':
            return view.getFloat64(at, false);
        case 'uint8':
            return view.getBigUint64(at, true);
    }
}
function takeBytes(cursor, lengthBytes) {
    const { bytes, view, at } = cursor;
    const start = at + lengthBytes;
    if (start > view.byteLength)
        return undefined;
    const length = lengthBytes === 1
        ? view.getUint8(at)
        : lengthBytes === 4
            ? view.getUint32(at, true)
            : Number(view.getBigUint64(at, true));
    if (length > view.byteLength - start)
        return undefined;
    cursor.at = start + length;
    return new Span(bytes, start, start + length);
}
function takeLines(cursor, count) {
    const { bytes } = cursor;
    const lines = [];
    while (lines.length < count) {
        const start = cursor.at;
        const end = bytes.indexOf(LINE_FEED, start);
        if (end < 0 || end - start >= LINE_MAX_BYTES)
            return undefined;
        lines.push(latin1(bytes, start, end));
        cursor.at = end + 1;
    }
    return lines;
}

;// CONCATENATED MODULE: ./lib/core/formats/pickle/opcodes.js
const TABLE = {
    MARK: [0x28, 'none'],
    STOP: [0x2e, 'none'],
    POP: [0x30, 'none'],
    POP_MARK: [0x31, 'none'],
    DUP: [0x32, 'none'],
    FLOAT: [0x46, 'line'],
    INT: [0x49, 'line'],
    BININT: [0x4a, 'int4'],
    BININT1: [0x4b, 'uint1'],
    LONG: [0x4c, 'line'],
    BININT2: [0x4d, 'uint2'],
    NONE: [0x4e, 'none'],
    PERSID: [0x50, 'line'],
    BINPERSID: [0x51, 'none'],
    REDUCE: [0x52, 'none'],
    STRING: [0x53, 'line'],
    BINSTRING: [0x54, 'bytes4'],
    SHORT_BINSTRING: [0x55, 'bytes1'],
    UNICODE: [0x56, 'line'],
    BINUNICODE: [0x58, 'bytes4'],
    APPEND: [0x61, 'none'],
    BUILD: [0x62, 'none'],
    GLOBAL: [0x63, 'two-lines'],
    DICT: [0x64, 'none'],
    EMPTY_DICT: [0x7d, 'none'],
    APPENDS: [0x65, 'none'],
    GET: [0x67, 'line'],
    BINGET: [0x68, 'uint1'],
    INST: [0x69, 'two-lines'],
    LONG_BINGET: [0x6a, 'uint4'],
    LIST: [0x6c, 'none'],
    EMPTY_LIST: [0x5d, 'none'],
    OBJ: [0x6f, 'none'],
    PUT: [0x70, 'line'],
    BINPUT: [0x71, 'uint1'],
    LONG_BINPUT: [0x72, 'uint4'],
    SETITEM: [0x73, 'none'],
    TUPLE: [0x74, 'none'],
    EMPTY_TUPLE: [0x29, 'none'],
    SETITEMS: [0x75, 'none'],
    BINFLOAT: [0x47, 'float8'],
    PROTO: [0x80, 'uint1'],
    NEWOBJ: [0x81, 'none'],
    EXT1: [0x82, 'uint1'],
    EXT2: [0x83, 'uint2'],
    EXT4: [0x84, 'int4'],
    TUPLE1: [0x85, 'none'],
    TUPLE2: [0x86, 'none'],
    TUPLE3: [0x87, 'none'],
    NEWTRUE: [0x88, 'none'],
    NEWFALSE: [0x89, 'none'],
    LONG1: [0x8a, 'bytes1'],
    LONG4: [0x8b, 'bytes4'],
    BINBYTES: [0x42, 'bytes4'],
    SHORT_BINBYTES: [0x43, 'bytes1'],
    SHORT_BINUNICODE: [0x8c, 'bytes1'],
    BINUNICODE8: [0x8d, 'bytes8'],
    BINBYTES8: [0x8e, 'bytes8'],
    EMPTY_SET: [0x8f, 'none'],
    ADDITEMS: [0x90, 'none'],
    FROZENSET: [0x91, 'none'],
    NEWOBJ_EX: [0x92, 'none'],
    STACK_GLOBAL: [0x93, 'none'],
    MEMOIZE: [0x94, 'none'],
    FRAME: [0x95, 'uint8'],
    BYTEARRAY8: [0x96, 'bytes8'],
    NEXT_BUFFER: [0x97, 'none'],
    READONLY_BUFFER: [0x98, 'none'],
};
const OPCODES = byCode();
function byCode() {
    const opcodes = new Array(256).fill(null);
    for (const name of Object.keys(TABLE)) {
        const [code, argument] = TABLE[name];
        opcodes[code] = { name, code, argument };
    }
    return opcodes;
}

;// CONCATENATED MODULE: ./lib/core/formats/pickle/stack.js
class StepFault extends Error {
    code;
    constructor(code) {
        super(code);
        this.code = code;
    }
}
function pop({ stack }) {
    const value = stack.pop();
    if (value === undefined)
        throw new StepFault('stack-empty');
    return value;
}
function stack_top({ stack }) {
    const value = stack.at(-1);
    if (value === undefined)
        throw new StepFault('stack-empty');
    return value;
}
function popMark(machine) {
    const above = machine.stack;
    const below = machine.marks.pop();
    if (below === undefined)
        throw new StepFault('stack-empty');
    machine.stack = below;
    return above;
}

;// CONCATENATED MODULE: ./lib/core/formats/pickle/scalars.js



function parseInteger(line) {
    if (!/^[+-]?\d{1,1000}$/.test(line))
        throw new StepFault('operand-invalid');
    return BigInt(line);
}
const LONG_MAX_BYTES = 255;
const NUMBER_MAX_BYTES = 6;
function twosComplement({ bytes, start, end }) {
    const length = end - start;
    if (length > LONG_MAX_BYTES)
        throw new StepFault('operand-invalid');
    const isNegative = length > 0 && ((bytes[end - 1] ?? 0) & 0x80) !== 0;
    if (length <= NUMBER_MAX_BYTES) {
        let number = isNegative ? -(2 ** (8 * length)) : 0;
        for (let at = start, unit = 1; at < end; at += 1, unit *= 256)
            number += (bytes[at] ?? 0) * unit;
        return BigInt(number);
    }
    let value = isNegative ? -1n : 0n;
    for (let at = end - 1; at >= start; at -= 1)
        value = (value << 8n) | BigInt(bytes[at] ?? 0);
    return value;
}
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LOOSE = new TextDecoder('utf-8', { ignoreBOM: true });
const SURROGATE_LEAD = 0xed;
function decodeText(span) {
    const { bytes: all, start, end } = span;
    if (span.length <= NAME_MAX_BYTES && isAscii(all, start, end))
        return latin1(all, start, end);
    const bytes = span.array();
    try {
        return STRICT.decode(bytes);
    }
    catch {
        const without = withoutSurrogates(bytes);
        if (without === null || !isStrict(without))
            throw new StepFault('operand-invalid');
        return LOOSE.decode(bytes);
    }
}
function isAscii(bytes, start, end) {
    for (let at = start; at < end; at += 1)
        if ((bytes[at] ?? 0) >= 0x80)
            return false;
    return true;
}
function withoutSurrogates(bytes) {
    const kept = [];
    for (let at = 0; at < bytes.length; at += 1) {
        const [lead = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
        const isSurrogate = lead === SURROGATE_LEAD &&
            second >= 0xa0 &&
            second <= 0xbf &&
            third >> 6 === 2;
        if (isSurrogate)
            at += 2;
        else
            kept.push(lead);
    }
    return kept.length === bytes.length ? null : Uint8Array.from(kept);
}
function isStrict(bytes) {
    try {
        STRICT.decode(bytes);
        return true;
    }
    catch {
        return false;
    }
}
function scalars_numberIn(argument) {
    if (typeof argument === 'number')
        return argument;
    throw new StepFault('operand-invalid');
}
function spanIn(argument) {
    if (argument instanceof Span)
        return argument;
    throw new StepFault('operand-invalid');
}
function linesIn(argument) {
    if (Array.isArray(argument))
        return argument;
    throw new StepFault('operand-invalid');
}
function lineIn(argument) {
    return linesIn(argument)[0] ?? '';
}

;// CONCATENATED MODULE: ./lib/core/formats/pickle/steps.js


const NONE = { kind: 'none' };
const TRUE = { kind: 'bool', value: true };
const FALSE = { kind: 'bool', value: false };
const nothing = () => undefined;
const push = (make) => ({ stack }, argument) => {
    stack.push(make(argument));
};
const integer = (argument) => ({
    kind: 'int',
    value: BigInt(scalars_numberIn(argument)),
});
const steps_text = (argument) => ({
    kind: 'text',
    value: decodeText(spanIn(argument)),
});
const rawBytes = (argument) => ({
    kind: 'bytes',
    value: spanIn(argument).array().slice(),
});
const global = (argument) => {
    const [module = '', name = ''] = linesIn(argument);
    return { kind: 'global', module, name };
};
const tupleOf = (count) => (machine) => {
    const { stack } = machine;
    if (stack.length < count)
        throw new StepFault('stack-empty');
    const items = stack.splice(stack.length - count);
    stack.push({ kind: 'tuple', items });
};
const fetchFrom = (keyOf) => ({ stack, memo }, argument) => {
    const value = memo.get(keyOf(argument));
    if (value === undefined)
        throw new StepFault('memo-empty');
    stack.push(value);
};
const storeAt = (keyOf) => (machine, argument) => {
    machine.memo.set(keyOf(argument), stack_top(machine));
};
const callWith = (isReduced) => (machine) => {
    const args = pop(machine);
    call(machine, pop(machine), args, isReduced);
};
const STEPS = {
    MARK: (machine) => {
        machine.marks.push(machine.stack);
        machine.stack = [];
    },
    STOP: nothing,
    PROTO: nothing,
    FRAME: nothing,
    POP: (machine) => {
        if (machine.stack.length > 0)
            machine.stack.pop();
        else
            popMark(machine);
    },
    POP_MARK: popMark,
    DUP: (machine) => {
        machine.stack.push(stack_top(machine));
    },
    NONE: push(() => NONE),
    NEWTRUE: push(() => TRUE),
    NEWFALSE: push(() => FALSE),
    INT: push((argument) => {
        const line = lineIn(argument);
        if (line === '01')
            return TRUE;
        return line === '00' ? FALSE : { kind: 'int', value: parseInteger(line) };
    }),
    LONG: push((argument) => ({
        kind: 'int',
        value: parseInteger(lineIn(argument).replace(/L$/, '')),
    })),
    BININT: push(integer),
    BININT1: push(integer),
    BININT2: push(integer),
    LONG1: push((argument) => ({
        kind: 'int',
        value: twosComplement(spanIn(argument)),
    })),
    LONG4: push((argument) => ({
        kind: 'int',
        value: twosComplement(spanIn(argument)),
    })),
    FLOAT: push((argument) => ({
        kind: 'float',
        value: Number(lineIn(argument)),
    })),
    BINFLOAT: push((argument) => ({ kind: 'float', value: scalars_numberIn(argument) })),
    STRING: push((argument) => ({
        kind: 'text',
        value: lineIn(argument).replace(/^(['"])(.*)\1$/s, '$2'),
    })),
    UNICODE: push((argument) => ({ kind: 'text', value: lineIn(argument) })),
    BINSTRING: push(steps_text),
    SHORT_BINSTRING: push(steps_text),
    BINUNICODE: push(steps_text),
    SHORT_BINUNICODE: push(steps_text),
    BINUNICODE8: push(steps_text),
    BINBYTES: push(rawBytes),
    SHORT_BINBYTES: push(rawBytes),
    BINBYTES8: push(rawBytes),
    BYTEARRAY8: push(rawBytes),
    NEXT_BUFFER: push(() => ({ kind: 'persistent', id: NONE })),
    READONLY_BUFFER: nothing,
    PERSID: push((argument) => ({
        kind: 'persistent',
        id: { kind: 'text', value: lineIn(argument) },
    })),
    BINPERSID: (machine) => {
        make(machine, { kind: 'persistent', id: pop(machine) });
    },
    GLOBAL: push(global),
    STACK_GLOBAL: (machine) => {
        const name = pop(machine);
        const module = pop(machine);
        if (name.kind !== 'text' || module.kind !== 'text')
            throw new StepFault('operand-invalid');
        machine.stack.push({
            kind: 'global',
            module: module.value,
            name: name.value,
        });
    },
    EXT1: push(extension),
    EXT2: push(extension),
    EXT4: push(extension),
    EMPTY_TUPLE: push(() => ({ kind: 'tuple', items: [] })),
    TUPLE: (machine) => {
        const items = popMark(machine);
        machine.stack.push({ kind: 'tuple', items });
    },
    TUPLE1: tupleOf(1),
    TUPLE2: tupleOf(2),
    TUPLE3: tupleOf(3),
    EMPTY_LIST: push(() => ({ kind: 'list', items: [] })),
    LIST: (machine) => {
        const items = popMark(machine);
        machine.stack.push({ kind: 'list', items });
    },
    APPEND: (machine) => {
        const item = pop(machine);
        itemsOf(stack_top(machine)).push(item);
    },
    APPENDS: (machine) => {
        const items = popMark(machine);
        addAll(itemsOf(stack_top(machine)), items);
    },
    EMPTY_DICT: push(() => ({ kind: 'dict', entries: [] })),
    DICT: (machine) => {
        const entries = pairs(popMark(machine));
        machine.stack.push({ kind: 'dict', entries });
    },
    SETITEM: (machine) => {
        const value = pop(machine);
        const key = pop(machine);
        entriesOf(stack_top(machine)).push([key, value]);
    },
    SETITEMS: (machine) => {
        const items = popMark(machine);
        addAll(entriesOf(stack_top(machine)), pairs(items));
    },
    EMPTY_SET: push(() => ({ kind: 'set', items: [] })),
    ADDITEMS: (machine) => {
        const items = popMark(machine);
        addAll(itemsOf(stack_top(machine)), items);
    },
    FROZENSET: (machine) => {
        const items = popMark(machine);
        machine.stack.push({ kind: 'set', items });
    },
    REDUCE: callWith(true),
    NEWOBJ: callWith(false),
    NEWOBJ_EX: (machine) => {
        const named = pop(machine);
        const args = pop(machine);
        const both = { kind: 'tuple', items: [args, named] };
        call(machine, pop(machine), both);
    },
    INST: (machine, argument) => {
        const items = popMark(machine);
        call(machine, global(argument), { kind: 'tuple', items });
    },
    OBJ: (machine) => {
        const [callee, ...items] = popMark(machine);
        if (callee === undefined)
            throw new StepFault('stack-empty');
        call(machine, callee, { kind: 'tuple', items });
    },
    BUILD: (machine) => {
        const state = pop(machine);
        const built = stack_top(machine);
        if (built.kind === 'call')
            built.states.push(state);
    },
    GET: fetchFrom((argument) => Number(parseInteger(lineIn(argument)))),
    BINGET: fetchFrom(scalars_numberIn),
    LONG_BINGET: fetchFrom(scalars_numberIn),
    PUT: storeAt((argument) => Number(parseInteger(lineIn(argument)))),
    BINPUT: storeAt(scalars_numberIn),
    LONG_BINPUT: storeAt(scalars_numberIn),
    MEMOIZE: (machine) => {
        machine.memo.set(machine.memo.size, stack_top(machine));
    },
};
function extension(argument) {
    return {
        kind: 'global',
        module: 'copyreg extension',
        name: String(scalars_numberIn(argument)),
    };
}
function call(machine, callee, args, isReduced = false) {
    make(machine, {
        kind: 'call',
        isReduced,
        callee,
        args,
        entries: [],
        items: [],
        states: [],
    });
}
function make(machine, made) {
    machine.stack.push(made);
    machine.made.push(made);
}
function pairs(items) {
    const entries = [];
    for (let at = 0; at < items.length; at += 2) {
        const [key, value] = [items[at], items[at + 1]];
        if (key === undefined || value === undefined)
            throw new StepFault('operand-invalid');
        entries.push([key, value]);
    }
    return entries;
}
function addAll(into, items) {
    for (const item of items)
        into.push(item);
}
function itemsOf(value) {
    if (value.kind === 'list' || value.kind === 'set' || value.kind === 'call')
        return value.items;
    throw new StepFault('operand-invalid');
}
function entriesOf(value) {
    if (value.kind === 'dict' || value.kind === 'call')
        return value.entries;
    throw new StepFault('operand-invalid');
}

;// CONCATENATED MODULE: ./lib/core/formats/pickle/machine.js





function unpickle(bytes, limits, watch = null) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const machine = {
        stack: [],
        marks: [],
        memo: new Map(),
        made: [],
    };
    const cursor = { bytes, view, at: 0 };
    for (let operations = 1;; operations += 1) {
        const { at } = cursor;
        const budget = findExceeded(machine, operations, limits);
        if (budget !== null)
            return (0,parsed/* defective */.Q)({ code: 'pickle-too-large', at, budget });
        if (at >= bytes.length)
            return (0,parsed/* defective */.Q)({ code: 'pickle-cut', at });
        const code = view.getUint8(at);
        const opcode = OPCODES[code];
        if (!opcode)
            return (0,parsed/* defective */.Q)({ code: 'opcode-unknown', at, byte: code });
        const { name } = opcode;
        cursor.at = at + 1;
        const argument = takeArgument(cursor, opcode.argument);
        if (argument === undefined)
            return (0,parsed/* defective */.Q)({ code: 'pickle-cut', at });
        if (watch !== null && watch(opcode, argument, machine, at) === 'leave')
            return (0,parsed/* defective */.Q)({ code: 'pickle-left', at });
        const fault = takeStep(STEPS[name], machine, argument);
        if (fault !== null)
            return (0,parsed/* defective */.Q)({ code: fault, at, opcode: name });
        if (name !== 'STOP')
            continue;
        const value = machine.stack.at(-1);
        return value === undefined
            ? (0,parsed/* defective */.Q)({ code: 'stack-empty', at, opcode: name })
            : (0,parsed/* parsed */.Y)({ value, made: machine.made, endBytes: cursor.at, operations });
    }
}
function findExceeded({ stack, marks, memo }, operations, limits) {
    if (operations > limits.maxOperations)
        return 'maxOperations';
    if (memo.size > limits.maxMemo)
        return 'maxMemo';
    if (stack.length > limits.maxStack || marks.length > limits.maxStack)
        return 'maxStack';
    return null;
}
function takeStep(step, machine, argument) {
    try {
        step(machine, argument);
        return null;
    }
    catch (error) {
        if (error instanceof StepFault)
            return error.code;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-globals.js
const DTYPES = 'bfloat16 bits16 bits1x8 bits2x4 bits4x2 bits8 bool complex128 complex32 complex64 float16 float32 float4_e2m1fn_x2 float64 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu int1 int16 int2 int3 int32 int4 int5 int6 int64 int7 int8 qint32 qint8 quint2x4 quint4x2 quint8 uint1 uint16 uint2 uint3 uint32 uint4 uint5 uint6 uint64 uint7 uint8';
const QUANTISERS = 'per_channel_affine per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine per_tensor_symmetric';
const ELEMENTS = 'BFloat16 Byte Char Double Float Half Int Long Short';
const REBUILDERS = '_rebuild_device_tensor_from_cpu_tensor _rebuild_device_tensor_from_numpy _rebuild_meta_tensor_no_storage _rebuild_nested_tensor _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_tensor _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_wrapper_subclass';
const torch_globals_element = (bytes, dtype) => ({
    bytes,
    dtype,
});
const STORAGES = new Map([
    ['ByteStorage', torch_globals_element(1, 'U8')],
    ['CharStorage', torch_globals_element(1, 'I8')],
    ['BoolStorage', torch_globals_element(1, 'BOOL')],
    ['ShortStorage', torch_globals_element(2, 'I16')],
    ['HalfStorage', torch_globals_element(2, 'F16')],
    ['BFloat16Storage', torch_globals_element(2, 'BF16')],
    ['IntStorage', torch_globals_element(4, 'I32')],
    ['FloatStorage', torch_globals_element(4, 'F32')],
    ['LongStorage', torch_globals_element(8, 'I64')],
    ['DoubleStorage', torch_globals_element(8, 'F64')],
    ['ComplexFloatStorage', torch_globals_element(8, 'C64')],
    ['ComplexDoubleStorage', torch_globals_element(16, 'C128')],
    ['QInt8Storage', torch_globals_element(1, 'QINT8')],
    ['QUInt8Storage', torch_globals_element(1, 'QUINT8')],
    ['QInt32Storage', torch_globals_element(4, 'QINT32')],
]);
const DTYPE_ELEMENTS = new Map([
    ['torch.uint8', torch_globals_element(1, 'U8')],
    ['torch.int8', torch_globals_element(1, 'I8')],
    ['torch.bool', torch_globals_element(1, 'BOOL')],
    ['torch.int16', torch_globals_element(2, 'I16')],
    ['torch.uint16', torch_globals_element(2, 'U16')],
    ['torch.float16', torch_globals_element(2, 'F16')],
    ['torch.bfloat16', torch_globals_element(2, 'BF16')],
    ['torch.int32', torch_globals_element(4, 'I32')],
    ['torch.uint32', torch_globals_element(4, 'U32')],
    ['torch.float32', torch_globals_element(4, 'F32')],
    ['torch.int64', torch_globals_element(8, 'I64')],
    ['torch.uint64', torch_globals_element(8, 'U64')],
    ['torch.float64', torch_globals_element(8, 'F64')],
    ['torch.complex32', torch_globals_element(4, 'C32')],
    ['torch.complex64', torch_globals_element(8, 'C64')],
    ['torch.complex128', torch_globals_element(16, 'C128')],
    ['torch.float8_e4m3fn', torch_globals_element(1, 'F8_E4M3')],
    ['torch.float8_e5m2', torch_globals_element(1, 'F8_E5M2')],
    ['torch.float8_e4m3fnuz', torch_globals_element(1, 'F8_E4M3FNUZ')],
    ['torch.float8_e5m2fnuz', torch_globals_element(1, 'F8_E5M2FNUZ')],
    ['torch.float8_e8m0fnu', torch_globals_element(1, 'F8_E8M0')],
    ['torch.float4_e2m1fn_x2', torch_globals_element(1, null)],
    ['torch.bits8', torch_globals_element(1, null)],
]);
const within = (module, names) => names.split(' ').map((name) => `${module}.${name}`);
const withEnd = (names, end) => names
    .split(' ')
    .map((name) => `${name}${end}`)
    .join(' ');
const ALLOWED = new Set([
    '_codecs.encode',
    'builtins.bytearray',
    'builtins.complex',
    'builtins.set',
    'collections.Counter',
    'collections.OrderedDict',
    'torch.Size',
    'torch.Tensor',
    'torch._tensor._rebuild_from_type_v2',
    'torch.device',
    'torch.nn.parameter.Parameter',
    'torch.serialization._get_layout',
    'torch.storage.TypedStorage',
    'torch.storage.UntypedStorage',
    ...within('torch', DTYPES),
    ...within('torch', QUANTISERS),
    ...within('torch._utils', REBUILDERS),
    ...within('torch', withEnd(`${ELEMENTS} Bool`, 'Tensor')),
    ...within('torch', withEnd(`${ELEMENTS} Bool ComplexDouble ComplexFloat QInt32 QInt8 QUInt2x4 QUInt4x2 QUInt8`, 'Storage')),
    ...within('torch.cuda', withEnd(`${ELEMENTS} Bool`, 'Tensor')),
    ...within('torch.cuda', withEnd(`${ELEMENTS} Bool ComplexDouble ComplexFloat`, 'Storage')),
    ...within('torch.sparse', withEnd(ELEMENTS, 'Tensor')),
    ...within('torch.cuda.sparse', withEnd(ELEMENTS, 'Tensor')),
]);
const BLOCKED = new Set(['sys', 'os', 'posix', 'nt']);
const RENAMED = new Map([
    ['__builtin__', 'builtins'],
]);
const fullNameOf = oncePerGlobal(({ module, name }) => `${RENAMED.get(module) ?? module}.${name}`);
function oncePerGlobal(make) {
    const known = new WeakMap();
    return (global) => {
        const before = known.get(global);
        if (before !== undefined)
            return before;
        const made = make(global);
        known.set(global, made);
        return made;
    };
}
function isAllowedGlobal(global) {
    return !isBlockedGlobal(global) && ALLOWED.has(fullNameOf(global));
}
function isBlockedGlobal({ module }) {
    return BLOCKED.has(RENAMED.get(module) ?? module);
}
const storageElement = oncePerGlobal((global) => {
    const name = fullNameOf(global);
    if (name === 'torch.storage.UntypedStorage')
        return torch_globals_element(1, null);
    const [, type] = /^torch\.(?:cuda\.)?(\w+)$/.exec(name) ?? [];
    return STORAGES.get(type ?? '') ?? null;
});
function dtypeElement(global) {
    return DTYPE_ELEMENTS.get(fullNameOf(global)) ?? null;
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-dict.js

function torch_dict_entriesOf(value) {
    if (value?.kind === 'dict')
        return value.entries;
    const isOrdered = value?.kind === 'call' &&
        value.callee.kind === 'global' &&
        fullNameOf(value.callee) === 'collections.OrderedDict';
    return isOrdered ? value.entries : null;
}
function byName(entries) {
    const named = new Map();
    for (const [key, value] of entries)
        if (key.kind === 'text')
            named.set(key.value, value);
    return named;
}

;// CONCATENATED MODULE: ./lib/core/formats/text-hash.js
class TextHash {
    #high = 0xdeadbeef;
    #low = 0x41c6ce57;
    text(text) {
        this.code(text.length);
        for (let at = 0; at < text.length; at++)
            this.code(text.charCodeAt(at));
    }
    code(code) {
        this.#high = Math.imul(this.#high ^ code, 2654435761);
        this.#low = Math.imul(this.#low ^ code, 1597334677);
    }
    digest() {
        const high = Math.imul(this.#high ^ (this.#high >>> 16), 2246822507) ^
            Math.imul(this.#low ^ (this.#low >>> 13), 3266489909);
        const low = Math.imul(this.#low ^ (this.#low >>> 16), 2246822507) ^
            Math.imul(this.#high ^ (this.#high >>> 13), 3266489909);
        return (4_294_967_296 * (0x1fffff & low) + (high >>> 0)).toString(36);
    }
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-misfit.js
function wordsFor(value, shapeOf) {
    const tensor = shapeOf(value);
    if (tensor !== undefined)
        return `a tensor of the shape ${shapeWords(tensor)}`;
    switch (value.kind) {
        case 'none':
            return 'None';
        case 'bool':
            return value.value ? 'True' : 'False';
        case 'int':
        case 'float':
            return 'a number';
        case 'text':
            return 'a text';
        case 'bytes':
            return 'bytes';
        case 'tuple':
        case 'list':
            return `a ${value.kind} of ${value.items.length}`;
        case 'dict':
            return 'a dict';
        default:
            return 'an object';
    }
}
function shapeWords({ shape }) {
    return `[${shape.join(', ')}]`;
}
function misfitIn(named, rules, { at = '', shapeOf }) {
    for (const [name, { wanted, fits }] of Object.entries(rules)) {
        const value = named.get(name);
        const where = `${at}['${name}']`;
        if (value === undefined)
            return { where, found: null, wanted };
        if (!fits(value, shapeOf))
            return { where, found: wordsFor(value, shapeOf), wanted };
    }
    return null;
}
function whereThere(named, rules) {
    return Object.fromEntries(Object.entries(rules).filter(([name]) => named.has(name)));
}
const torch_misfit_NUMBER = {
    wanted: 'a number',
    fits: (value, shapeOf) => ['int', 'float', 'bool'].includes(value.kind) ||
        elementsOf(shapeOf(value)) === 1,
};
const FLAG = {
    wanted: 'True or False',
    fits: ({ kind }) => kind === 'bool',
};
const TENSOR = {
    wanted: 'a tensor',
    fits: (value, shapeOf) => shapeOf(value) !== undefined,
};
function elementsOf(tensor) {
    return tensor?.shape.reduce((product, size) => product * size, 1) ?? null;
}
function torch_misfit_itemsOf(value) {
    return value?.kind === 'list' || value?.kind === 'tuple' ? value.items : null;
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-adam.js

const BETAS = {
    wanted: 'two numbers',
    fits: (value, shapeOf) => {
        const items = torch_misfit_itemsOf(value);
        return (items?.length === 2 && items.every((one) => torch_misfit_NUMBER.fits(one, shapeOf)));
    },
};
const NEEDED = {
    lr: torch_misfit_NUMBER,
    betas: BETAS,
    eps: torch_misfit_NUMBER,
    weight_decay: torch_misfit_NUMBER,
};
const WITH_DEFAULT = {
    amsgrad: FLAG,
    maximize: FLAG,
};
const OF_TORCH = ['maximize', 'foreach', 'capturable', 'differentiable'];
const OF_TORCH_MIN = 3;
function isAdamGroup(group) {
    const known = OF_TORCH.filter((name) => group.has(name));
    return group.has('amsgrad') && known.length >= OF_TORCH_MIN;
}
function findAdamGroupMisfit(group, at, shapeOf) {
    const misfit = misfitIn(group, NEEDED, { at, shapeOf }) ??
        misfitIn(group, whereThere(group, WITH_DEFAULT), { at, shapeOf });
    if (misfit !== null)
        return misfit;
    const isBoth = torch_adam_isSet(group.get('fused')) && torch_adam_isSet(group.get('differentiable'));
    return isBoth
        ? {
            where: `${at}['differentiable']`,
            found: 'set beside fused',
            wanted: 'False',
        }
        : null;
}
function torch_adam_isSet(value) {
    if (value === undefined || value.kind === 'none')
        return false;
    if (value.kind === 'bool')
        return value.value;
    if (value.kind === 'int' || value.kind === 'float')
        return Number(value.value) !== 0;
    if (value.kind === 'text')
        return value.value !== '';
    if (value.kind === 'dict')
        return value.entries.length > 0;
    return torch_misfit_itemsOf(value)?.length !== 0;
}
const MOMENTS = ['exp_avg', 'exp_avg_sq'];
const MAXIMUM = 'max_exp_avg_sq';
const STEP = { wanted: 'a number', fits: torch_misfit_NUMBER.fits };
function findAdamStateMisfit(state, hasMaximum, at, shapeOf) {
    const moments = hasMaximum ? [...MOMENTS, MAXIMUM] : MOMENTS;
    const rules = Object.fromEntries(moments.map((name) => [name, TENSOR]));
    const misfit = misfitIn(state, { step: STEP, ...rules }, { at, shapeOf });
    if (misfit !== null)
        return misfit;
    const elements = elementsOf(shapeOf(state.get('exp_avg'))) ?? 0;
    return misfitIn(state, Object.fromEntries(moments.map((name) => [name, torch_adam_tensorOf(elements)])), { at, shapeOf });
}
function torch_adam_tensorOf(elements) {
    return {
        wanted: `a tensor of as many elements as exp_avg, ${elements}`,
        fits: (value, shapeOf) => elementsOf(shapeOf(value)) === elements,
    };
}
function isKeptByAdam(name) {
    return name === 'step' || name === MAXIMUM || MOMENTS.includes(name);
}
function findAdamOddity(state, shapeOf) {
    const [first, second] = MOMENTS.map((name) => shapeOf(state.get(name)));
    return first?.dtype === second?.dtype &&
        first?.shape.join() === second?.shape.join()
        ? null
        : 'a state of Adam whose moments differ in type or shape';
}
function hasStepTensor(state, shapeOf) {
    return elementsOf(shapeOf(state.get('step'))) !== null;
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-scheduler.js


const OF_ALL = new Set([
    'base_lrs',
    'last_epoch',
    'verbose',
    '_step_count',
    '_is_initial',
    '_get_lr_called_within_step',
    '_last_lr',
]);
const MARKS = [
    '_step_count',
    'base_lrs',
    'lr_lambdas',
    '_last_lr',
    'num_bad_epochs',
];
const RATES_MAX = 10_000;
const RATES = {
    wanted: 'a list of numbers',
    fits: (value, shapeOf) => {
        const items = torch_misfit_itemsOf(value);
        return (items !== null &&
            items.length > 0 &&
            items.length <= RATES_MAX &&
            items.every((item) => torch_misfit_NUMBER.fits(item, shapeOf)));
    },
};
const torch_scheduler_STEPS = {
    wanted: 'a number of steps',
    fits: (value) => {
        if (value.kind !== 'int' && value.kind !== 'float')
            return false;
        const steps = Number(value.value);
        return Number.isInteger(steps) && steps >= 0;
    },
};
const TAKEN = {
    base_lrs: RATES,
    last_epoch: torch_scheduler_STEPS,
    _step_count: torch_misfit_NUMBER,
    _last_lr: RATES,
};
function describeScheduler(root) {
    if (!isTorchSchedule(root))
        return null;
    const last = root.get('last_epoch');
    return {
        lastEpoch: last?.kind === 'int' ? Number(last.value) : null,
        isStepped: root.has('_step_count'),
        isLambda: root.has('lr_lambdas'),
        hasOwn: [...root.keys()].some((name) => !OF_ALL.has(name)),
    };
}
function isTorchSchedule(root) {
    return MARKS.some((name) => root.has(name));
}
function findSchedulerMisfit(value, shapeOf) {
    const wanted = 'a dict, the state of a schedule';
    const entries = torch_dict_entriesOf(value);
    if (entries === null)
        return { where: '', found: wordsFor(value, shapeOf), wanted };
    if (entries.length === 0)
        return { where: '', found: 'an empty dict', wanted };
    const root = byName(entries);
    if (root.has('param_groups'))
        return { where: '', found: 'the state of an optimizer', wanted };
    if (!isTorchSchedule(root))
        return null;
    return (misfitIn(root, neededOf(root), { shapeOf }) ??
        misfitIn(root, whereThere(root, TAKEN), { shapeOf }) ??
        lambdasMisfit(root, shapeOf));
}
function neededOf(root) {
    const counts = root.has('_schedulers') ? {} : { last_epoch: torch_scheduler_STEPS };
    return root.has('_step_count') ? { ...counts, _last_lr: RATES } : counts;
}
function lambdasMisfit(root, shapeOf) {
    const value = root.get('lr_lambdas');
    if (value === undefined)
        return null;
    const rates = torch_misfit_itemsOf(root.get('base_lrs'))?.length ?? null;
    const wanted = 'a list of dicts or None, one a learning rate';
    const isEmpty = value.kind === 'dict' && value.entries.length === 0;
    const items = isEmpty ? [] : torch_misfit_itemsOf(value);
    const isTaken = items !== null &&
        items.length <= RATES_MAX &&
        items.every((one) => one.kind === 'none' || torch_dict_entriesOf(one) !== null);
    const isOne = rates === null || items?.length === 0 || items?.length === rates;
    return isTaken && isOne
        ? null
        : { where: "['lr_lambdas']", found: wordsFor(value, shapeOf), wanted };
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-optimizer.js





const GROUPS_MAX = 10_000;
const PARAMETERS_MAX = 200_000;
const NAMES_MAX = 32;
function describeOptimizer(root, shapeOf) {
    const state = torch_dict_entriesOf(root.get('state'));
    const groups = groupsIn(root.get('param_groups'));
    if (state === null || groups === null)
        return null;
    const isAdam = isOfAdam(groups);
    const describe = oncePerValue((one) => describeState(one, isAdam, shapeOf));
    const layout = new TextHash();
    const names = new Set();
    const shapes = new Set();
    let states = 0;
    let hasAll = state.length > 0;
    for (const [key, one] of state) {
        const { text, shape, isEmpty, fields } = describe(one);
        for (const name of fields)
            if (names.size < NAMES_MAX)
                names.add(name);
        layout.text(keyText(key));
        layout.text(text);
        if (shape === null)
            hasAll = false;
        else
            shapes.add(shape);
        if (!isEmpty)
            states += 1;
    }
    const counts = groups.map(({ params }) => params.length);
    return {
        groups: counts,
        parameters: counts.reduce((sum, count) => sum + count, 0),
        states,
        shapes: hasAll ? [...shapes] : null,
        layout: layout.digest(),
        isAdam,
        keeps: [...names],
        stepCounts: stepCountsOf(state, shapeOf),
        odd: oddityOf(groups, state, shapeOf),
    };
}
function groupsIn(value) {
    if (value?.kind !== 'list' || value.items.length > GROUPS_MAX)
        return null;
    const groupOf = oncePerValue((one) => {
        const fields = byName(torch_dict_entriesOf(one) ?? []);
        const params = fields.get('params');
        return params?.kind === 'list'
            ? { fields, params: params.items, isAdams: isAdamGroup(fields) }
            : null;
    });
    const groups = value.items.map(groupOf);
    return groups.every((group) => group !== null) ? groups : null;
}
function oncePerValue(describe) {
    const known = new Map();
    return (value) => {
        const before = known.get(value);
        if (before !== undefined)
            return before;
        const made = describe(value);
        known.set(value, made);
        return made;
    };
}
function describeState(value, isAdam, shapeOf) {
    const fields = byName(torch_dict_entriesOf(value) ?? []);
    const own = [...fields].filter(([name]) => !isAdam || isKeptByAdam(name));
    const parts = own.map(([name, one]) => {
        const isOne = torch_misfit_NUMBER.fits(one, shapeOf);
        const size = shapeOf(one)?.shape.join('x');
        return `${name} ${isOne ? 'number' : (size ?? one.kind)}`;
    });
    const moment = shapeOf(fields.get('exp_avg'));
    return {
        text: parts.sort().join(),
        shape: moment === undefined ? null : moment.shape.join('x'),
        isEmpty: fields.size === 0,
        fields: [...fields.keys()].slice(0, NAMES_MAX),
    };
}
function stepCountsOf(state, shapeOf) {
    const hasAny = ([, one]) => (torch_dict_entriesOf(one)?.length ?? 0) > 0;
    const ends = [state.find(hasAny), state.findLast(hasAny)];
    const counts = ends.map((entry) => stepCountOf(entry?.[1], shapeOf));
    return counts.every((count) => count !== null) ? counts : [];
}
function stepCountOf(state, shapeOf) {
    const step = byName(torch_dict_entriesOf(state) ?? []).get('step');
    const tensor = shapeOf(step);
    if (tensor !== undefined)
        return elementsOf(tensor) === 1 ? tensor : null;
    return step?.kind === 'int' ? Number(step.value) : null;
}
function keyText(key) {
    return key.kind === 'int' || key.kind === 'text'
        ? `${key.kind} ${key.value}`
        : key.kind;
}
function isOfAdam(groups) {
    return groups.length > 0 && groups.every(({ isAdams }) => isAdams);
}
function oddityOf(groups, state, shapeOf) {
    const count = groups.reduce((sum, one) => sum + one.params.length, 0);
    if (count > PARAMETERS_MAX)
        return 'more parameters than are looked for';
    const params = groups.flatMap((group) => group.params.map(keyText));
    const known = new Set(params);
    if (known.size < params.length)
        return 'a parameter that is in it twice';
    if (state.some(([key]) => !known.has(keyText(key))))
        return 'the state of a parameter that is in no group';
    if (!isOfAdam(groups))
        return null;
    if (params.length > 0 && state.length === 0)
        return 'the parameters of Adam and the state of none';
    const fields = oncePerValue((one) => byName(torch_dict_entriesOf(one) ?? []));
    const filled = state.map(([, one]) => fields(one)).filter(({ size }) => size);
    const inTensors = filled.filter((one) => hasStepTensor(one, shapeOf)).length;
    if (inTensors > 0 && inTensors < filled.length)
        return 'the steps of Adam as numbers and as tensors';
    for (const one of new Set(filled)) {
        const odd = findAdamOddity(one, shapeOf);
        if (odd !== null)
            return odd;
    }
    return null;
}
const WANTED = 'a dict with the state and the param_groups of an optimizer';
function findOptimizerMisfit(value, shapeOf) {
    const entries = torch_dict_entriesOf(value);
    if (entries === null)
        return { where: '', found: wordsFor(value, shapeOf), wanted: WANTED };
    if (entries.length === 0)
        return { where: '', found: 'an empty dict', wanted: WANTED };
    const root = byName(entries);
    if (!root.has('state') && !root.has('param_groups'))
        return isOfNoOptimizer(root, shapeOf)
            ? { where: "['param_groups']", found: null, wanted: 'a list' }
            : null;
    const state = root.get('state');
    const states = torch_dict_entriesOf(state);
    if (states === null)
        return misfit("['state']", state, 'a dict', shapeOf);
    const list = root.get('param_groups');
    if (list?.kind !== 'list')
        return misfit("['param_groups']", list, 'a list', shapeOf);
    return (groupsMisfit(list.items.slice(0, GROUPS_MAX), shapeOf) ??
        statesMisfit(groupsIn(list) ?? [], states, shapeOf));
}
function isOfNoOptimizer(root, shapeOf) {
    return (isTorchSchedule(root) ||
        (root.size > 0 && [...root.values()].every((one) => shapeOf(one))));
}
function misfit(where, value, wanted, shapeOf) {
    const found = value === undefined ? null : wordsFor(value, shapeOf);
    return { where, found, wanted };
}
function groupsMisfit(items, shapeOf) {
    const seen = new Set();
    for (const [at, item] of items.entries()) {
        if (seen.has(item))
            continue;
        seen.add(item);
        const where = `['param_groups'][${at}]`;
        const entries = torch_dict_entriesOf(item);
        if (entries === null)
            return misfit(where, item, 'a dict', shapeOf);
        const fields = byName(entries);
        const params = fields.get('params');
        if (params?.kind !== 'list')
            return misfit(`${where}['params']`, params, 'a list', shapeOf);
        const found = isAdamGroup(fields)
            ? findAdamGroupMisfit(fields, where, shapeOf)
            : null;
        if (found !== null)
            return found;
    }
    return null;
}
function statesMisfit(groups, states, shapeOf) {
    if (!isOfAdam(groups))
        return null;
    const hasMaximum = groups.some(({ fields }) => {
        const flag = fields.get('amsgrad');
        return flag?.kind === 'bool' && flag.value;
    });
    const seen = new Set();
    for (const [key, one] of states) {
        if (seen.has(one))
            continue;
        seen.add(one);
        const at = `['state'][${key.kind === 'int' ? key.value : `'${keyText(key)}'`}]`;
        const entries = torch_dict_entriesOf(one);
        if (entries === null)
            return misfit(at, one, 'a dict', shapeOf);
        if (entries.length === 0)
            continue;
        const found = findAdamStateMisfit(byName(entries), hasMaximum, at, shapeOf);
        if (found !== null)
            return found;
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-lightning.js


const VERSION = 'pytorch-lightning_version';
const OPTIMIZERS_MAX = 1000;
function describeLightning(root, shapeOf) {
    if (root.get(VERSION)?.kind !== 'text')
        return null;
    const loops = byName(torch_dict_entriesOf(root.get('loops')) ?? []);
    const optimizers = root.get('optimizer_states');
    const schedulers = root.get('lr_schedulers');
    return {
        hasWeights: torch_dict_entriesOf(root.get('state_dict')) !== null,
        hasFitLoop: torch_dict_entriesOf(loops.get('fit_loop')) !== null,
        optimizers: optimizers?.kind === 'list'
            ? describeEach(optimizers.items, shapeOf)
            : null,
        schedulers: schedulers?.kind === 'list' ? schedulers.items.length : null,
    };
}
function describeEach(items, shapeOf) {
    const known = new Map();
    return items.slice(0, OPTIMIZERS_MAX).map((item) => {
        const before = known.get(item);
        if (before !== undefined)
            return before;
        const facts = describeOptimizer(byName(torch_dict_entriesOf(item) ?? []), shapeOf);
        known.set(item, facts);
        return facts;
    });
}

;// CONCATENATED MODULE: ./lib/core/formats/zip/miniz.js
const PIECE_BYTES = 4096;
const STEP_BYTES = PIECE_BYTES - 3;
const WINDOW_BYTES = 65_535 + 22;
function findMinizSearchStart(fileBytes) {
    let start = Math.max(0, fileBytes - PIECE_BYTES);
    while (start >= STEP_BYTES && fileBytes - start < WINDOW_BYTES)
        start -= STEP_BYTES;
    return start;
}
function isMinizSearchCut(fileBytes) {
    const start = findMinizSearchStart(fileBytes);
    return start > 0 && fileBytes - start < WINDOW_BYTES;
}
function foldName(name) {
    return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function indexByName(entries) {
    const named = entries.map((entry) => ({ key: foldName(entry.name), entry }));
    const byName = new Map();
    const repeated = new Set();
    for (const { key, entry } of named) {
        if (byName.has(key))
            repeated.add(key);
        byName.set(key, entry);
    }
    if (repeated.size === 0)
        return byName;
    const sorted = heapSort(named);
    for (const key of repeated) {
        const entry = search(sorted, key);
        if (entry)
            byName.set(key, entry);
    }
    return byName;
}
function heapSort(named) {
    const heap = [...named];
    for (let root = (heap.length - 2) >> 1; root >= 0; root -= 1)
        siftDown(heap, root, heap.length);
    for (let end = heap.length - 1; end > 0; end -= 1) {
        swap(heap, end, 0);
        siftDown(heap, 0, end);
    }
    return heap;
}
function siftDown(heap, from, size) {
    let root = from;
    for (;;) {
        let child = 2 * root + 1;
        if (child >= size)
            return;
        if (child + 1 < size && isLess(heap[child], heap[child + 1]))
            child += 1;
        if (!isLess(heap[root], heap[child]))
            return;
        swap(heap, root, child);
        root = child;
    }
}
function isLess(left, right) {
    return left !== undefined && right !== undefined && left.key < right.key;
}
function swap(heap, left, right) {
    const [a, b] = [heap[left], heap[right]];
    if (a === undefined || b === undefined)
        return;
    heap[left] = b;
    heap[right] = a;
}
function search(sorted, key) {
    let low = 0;
    let high = sorted.length - 1;
    while (low <= high) {
        const middle = low + ((high - low) >> 1);
        const found = sorted[middle];
        if (found === undefined || found.key === key)
            return found?.entry;
        if (found.key < key)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return undefined;
}

// EXTERNAL MODULE: ./lib/core/formats/zip/fields.js
var fields = __nccwpck_require__(743);
;// CONCATENATED MODULE: ./lib/core/formats/zip/stored.js


const LOCAL_HEADER_SIGNATURE = 0x04034b50;
const EXTRA_GUESS_BYTES = 128;
async function readContentOffset(reader, entry) {
    const { localHeaderOffset } = entry;
    const header = await reader.read(localHeaderOffset, fields/* LOCAL_HEADER_BYTES */.q_);
    return parseContentOffset(header, entry, reader.size);
}
async function readStored(reader, entry, maxBytes) {
    if (entry.method !== 0 || entry.isEncrypted)
        return (0,parsed/* defective */.Q)({ code: 'content-not-stored' });
    const wanted = Math.min(entry.sizeBytes, maxBytes);
    const start = entry.localHeaderOffset;
    const guess = fields/* LOCAL_HEADER_BYTES */.q_ + entry.nameBytes + EXTRA_GUESS_BYTES + wanted;
    const bytes = await reader.read(start, Math.min(guess, reader.size - start));
    const offset = parseContentOffset(bytes, entry, reader.size);
    if (!offset.ok)
        return offset;
    const end = offset.value - start + wanted;
    return (0,parsed/* parsed */.Y)(end <= bytes.length
        ? bytes.subarray(offset.value - start, end)
        : await reader.read(offset.value, wanted));
}
function parseContentOffset(header, entry, fileBytes) {
    const view = (0,fields/* viewOf */.du)(header);
    if (view.getUint32(0, true) !== LOCAL_HEADER_SIGNATURE)
        return (0,parsed/* defective */.Q)({ code: 'local-header-invalid' });
    const variableBytes = view.getUint16(26, true) + view.getUint16(28, true);
    const offset = entry.localHeaderOffset + fields/* LOCAL_HEADER_BYTES */.q_ + variableBytes;
    const contentBytes = entry.method === 0
        ? Math.max(entry.sizeBytes, entry.compressedBytes)
        : entry.compressedBytes;
    return offset + contentBytes > fileBytes
        ? (0,parsed/* defective */.Q)({ code: 'content-beyond-file' })
        : (0,parsed/* parsed */.Y)(offset);
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-records.js



const MAX_VERSION = 10;
const CONTENT_MAX_BYTES = 64;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_PATCH_BIT = 1 << 5;
function findUnsupported(entry) {
    if (entry.method !== STORED && entry.method !== DEFLATED)
        return 'method';
    if (entry.isEncrypted)
        return 'encryption';
    return (entry.flags & ENCRYPTED_PATCH_BIT) === 0 ? null : 'feature';
}
function openRecord(records, record) {
    const entry = records.get(foldName(record));
    if (!entry)
        return (0,parsed/* parsed */.Y)(null);
    const feature = findUnsupported(entry);
    return feature === null
        ? (0,parsed/* parsed */.Y)(entry)
        : (0,parsed/* defective */.Q)({ code: 'record-unsupported', record, feature });
}
function openPickle(records, kind) {
    const record = 'data.pkl';
    const pickle = openRecord(records, record);
    if (!pickle.ok)
        return pickle;
    if (!pickle.value)
        return (0,parsed/* defective */.Q)({ code: 'record-missing', record, kind });
    return pickle.value.sizeBytes === 0
        ? (0,parsed/* defective */.Q)({ code: 'record-empty', record })
        : (0,parsed/* parsed */.Y)(pickle.value);
}
async function readVersion(reader, records, kind) {
    const inner = await readContent(reader, records, '.data/version');
    if (!inner.ok || inner.value !== 'absent')
        return toVersion(inner);
    const outer = await readContent(reader, records, 'version');
    if (outer.ok && outer.value === 'absent')
        return (0,parsed/* defective */.Q)({ code: 'record-missing', record: 'version', kind });
    return toVersion(outer);
}
function toVersion(content) {
    if (!content.ok)
        return content;
    if (typeof content.value !== 'object')
        return (0,parsed/* parsed */.Y)(null);
    const { text } = content.value;
    const digits = /^[\t-\r ]*\+?(-?\d+)/.exec(text)?.[1];
    if (digits === undefined || digits.length > 20)
        return (0,parsed/* defective */.Q)({ code: 'version-invalid', text });
    const version = Number(digits);
    return version < 1 || version > MAX_VERSION
        ? (0,parsed/* defective */.Q)({ code: 'version-unsupported', version })
        : (0,parsed/* parsed */.Y)(version);
}
async function readByteOrder(reader, records) {
    const content = await readContent(reader, records, 'byteorder');
    if (!content.ok)
        return content;
    if (content.value === 'absent')
        return (0,parsed/* parsed */.Y)('little');
    if (content.value === 'compressed')
        return (0,parsed/* parsed */.Y)(null);
    const { text } = content.value;
    return text === 'little' || text === 'big'
        ? (0,parsed/* parsed */.Y)(text)
        : (0,parsed/* defective */.Q)({ code: 'byteorder-invalid', text });
}
async function checkAlignment(reader, records) {
    const content = await readContent(reader, records, '.storage_alignment');
    if (!content.ok)
        return content;
    if (typeof content.value !== 'object')
        return (0,parsed/* parsed */.Y)(null);
    const { text } = content.value;
    return /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text)
        ? (0,parsed/* parsed */.Y)(null)
        : (0,parsed/* defective */.Q)({ code: 'alignment-invalid', text });
}
async function readContent(reader, records, record) {
    const entry = openRecord(records, record);
    if (!entry.ok)
        return entry;
    if (!entry.value)
        return (0,parsed/* parsed */.Y)('absent');
    if (entry.value.method === DEFLATED)
        return (0,parsed/* parsed */.Y)('compressed');
    if (entry.value.compressedBytes === 0)
        return (0,parsed/* parsed */.Y)({ text: '' });
    const bytes = await readStored(reader, entry.value, CONTENT_MAX_BYTES);
    if (!bytes.ok)
        return (0,parsed/* defective */.Q)({ code: 'record-unreadable', record });
    return (0,parsed/* parsed */.Y)({ text: String.fromCharCode(...bytes.value) });
}

// EXTERNAL MODULE: ./lib/core/formats/zip/end-record.js
var end_record = __nccwpck_require__(31);
// EXTERNAL MODULE: ./lib/core/formats/zip/entries.js
var zip_entries = __nccwpck_require__(212);
;// CONCATENATED MODULE: ./lib/core/formats/zip/notes.js

function findNotes(entries, directoryOffset) {
    const beyond = entries.filter((entry) => findMinimalEnd(entry) > directoryOffset);
    const differing = entries.filter(({ method, compressedBytes, sizeBytes }) => method === 0 && compressedBytes !== sizeBytes);
    return [
        ...noteOf('entry-beyond-directory', beyond),
        ...noteOf('duplicate-name', findRepeated(entries)),
        ...noteOf('sizes-differ', differing),
    ];
}
function findMinimalEnd(entry) {
    const { localHeaderOffset, nameBytes, compressedBytes } = entry;
    return localHeaderOffset + fields/* LOCAL_HEADER_BYTES */.q_ + nameBytes + compressedBytes;
}
function findRepeated(entries) {
    const seen = new Set();
    return entries.filter(({ name }) => {
        const isRepeated = seen.has(name);
        seen.add(name);
        return isRepeated;
    });
}
function noteOf(code, entries) {
    const [first] = entries;
    return first ? [{ code, name: first.name, count: entries.length }] : [];
}

// EXTERNAL MODULE: ./lib/core/formats/zip/tail.js
var zip_tail = __nccwpck_require__(780);
;// CONCATENATED MODULE: ./lib/core/formats/zip/directory.js






async function readZipDirectory(reader, { searchStart = defaultSearchStart } = {}) {
    const fileBytes = reader.size;
    if (fileBytes < end_record/* END_RECORD_BYTES */.M)
        return (0,parsed/* defective */.Q)({ code: 'no-end-record', fileBytes, searchedBytes: 0 });
    const end = await (0,end_record/* readEndRecord */.l)(reader, searchStart(fileBytes));
    if (!end.ok)
        return end;
    const { record, tail } = end.value;
    const defect = checkEndRecord(record, fileBytes);
    if (defect !== null)
        return (0,parsed/* defective */.Q)(defect);
    const { directoryOffset: offset, directoryBytes: sizeBytes, disk } = record;
    const bytes = await (0,zip_tail/* readNearTail */.bf)(reader, tail, offset, sizeBytes);
    const expected = { entries: record.entries, disk, fileBytes };
    const entries = (0,zip_entries/* parseEntries */.K)(bytes, expected);
    if (!entries.ok)
        return entries;
    return (0,parsed/* parsed */.Y)({
        entries: entries.value,
        offset,
        sizeBytes,
        endRecordOffset: record.offset,
        isZip64: record.isZip64,
        notes: [...record.notes, ...findNotes(entries.value, offset)],
    });
}
function defaultSearchStart(fileBytes) {
    return Math.max(0, fileBytes - limits/* ZIP_TAIL_MAX_BYTES */.MY);
}
function checkEndRecord(record, fileBytes) {
    const { entries, directoryBytes: sizeBytes, directoryOffset } = record;
    if (entries !== record.entriesOnDisk)
        return { code: 'end-record-invalid', field: 'disks' };
    if (!isSingleDisk(record))
        return { code: 'end-record-invalid', field: 'disks' };
    if (sizeBytes < entries * zip_entries/* DIRECTORY_RECORD_BYTES */.Y)
        return {
            code: 'directory-truncated',
            index: Math.floor(sizeBytes / zip_entries/* DIRECTORY_RECORD_BYTES */.Y),
            entries,
            sizeBytes,
        };
    if (directoryOffset + sizeBytes > fileBytes)
        return {
            code: 'directory-beyond-file',
            offset: directoryOffset,
            sizeBytes,
            fileBytes,
        };
    return checkCaps(entries, sizeBytes);
}
function isSingleDisk({ disk, directoryDisk }) {
    return disk === directoryDisk && (disk === 0 || disk === 1);
}
function checkCaps(entries, sizeBytes) {
    if (entries > limits/* ZIP_MAX_ENTRIES */.sC)
        return { code: 'too-many-entries', entries, maxEntries: limits/* ZIP_MAX_ENTRIES */.sC };
    if (sizeBytes > limits/* ZIP_DIRECTORY_MAX_BYTES */.Ve)
        return {
            code: 'directory-too-large',
            sizeBytes,
            maxBytes: limits/* ZIP_DIRECTORY_MAX_BYTES */.Ve,
        };
    return null;
}

;// CONCATENATED MODULE: ./lib/core/formats/zip/kind.js
function findZipKind(entries) {
    const names = entries.map(({ name }) => name);
    const isAnywhere = (name) => names.some((each) => each === name || each.endsWith(`/${name}`));
    if (isAnywhere('data.pkl'))
        return isAnywhere('constants.pkl') ? 'torchscript' : 'torch';
    if (names.length > 0 && names.every((name) => name.endsWith('.npy')))
        return 'npz';
    if (names.includes('model.weights.h5'))
        return 'keras';
    return names.includes('MAR-INF/MANIFEST.json') ? 'mar' : 'zip';
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-zip.js





async function readTorchZip(reader) {
    const options = { searchStart: findMinizSearchStart };
    const directory = await readZipDirectory(reader, options);
    if (!directory.ok)
        return directory;
    const { entries } = directory.value;
    const root = findRoot(directory.value);
    if (!root.ok)
        return root;
    const records = findRecords(entries, root.value);
    const contents = await readContents(reader, entries, root.value, records);
    if (!contents.ok)
        return contents;
    const storages = [...records].filter(([name]) => isStorage(name));
    return (0,parsed/* parsed */.Y)({
        directory: directory.value,
        root: root.value,
        records,
        ...contents.value,
        storages: {
            count: storages.length,
            bytes: storages.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0),
        },
        unreadableStorages: storages
            .filter(([, entry]) => findUnsupported(entry) !== null)
            .map(([name]) => name),
        isTorchScript: isTorchScript(entries, root.value),
        isCrcOff: entries.every(({ crc32 }) => crc32 === 0),
    });
}
function findTorchRecord(zip, name) {
    return zip.records.get(foldName(name));
}
function findRoot({ entries, endRecordOffset, }) {
    const [first] = entries;
    if (!first)
        return (0,parsed/* defective */.Q)({ code: 'no-entries', isAtStart: endRecordOffset === 0 });
    const { name } = first;
    const slash = name.indexOf('/');
    return slash === -1
        ? (0,parsed/* defective */.Q)({ code: 'not-in-folder', name, kind: findZipKind(entries) })
        : (0,parsed/* parsed */.Y)(name.slice(0, slash));
}
function findRecords(entries, root) {
    const prefix = foldName(`${root}/`);
    const records = new Map();
    for (const [name, entry] of indexByName(entries))
        if (name.startsWith(prefix))
            records.set(name.slice(prefix.length), entry);
    return records;
}
const HIGH_BYTE = /\p{Cs}/u;
async function readContents(reader, entries, root, records) {
    const kind = findZipKind(entries);
    const id = openRecord(records, '.data/serialization_id');
    if (!id.ok)
        return id;
    const version = await readVersion(reader, records, kind);
    if (!version.ok)
        return version;
    const stray = entries.find(({ name }) => !name.startsWith(`${root}/`));
    if (stray)
        return (0,parsed/* defective */.Q)({ code: 'second-root', root, name: stray.name, kind });
    const undecodable = entries.find(({ name }) => HIGH_BYTE.test(name));
    if (undecodable)
        return (0,parsed/* defective */.Q)({ code: 'name-not-utf8', name: undecodable.name });
    const format = openRecord(records, '.format_version');
    if (!format.ok)
        return format;
    const byteOrder = await readByteOrder(reader, records);
    if (!byteOrder.ok)
        return byteOrder;
    const alignment = await checkAlignment(reader, records);
    if (!alignment.ok)
        return alignment;
    const pickle = openPickle(records, kind);
    if (!pickle.ok)
        return pickle;
    return (0,parsed/* parsed */.Y)({
        version: version.value,
        byteOrder: byteOrder.value,
        pickle: pickle.value,
    });
}
function isStorage(name) {
    return /^data\/[^/]/.test(name);
}
function isTorchScript(entries, root) {
    return entries.some(({ name }) => name === `${root}/constants.pkl`);
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-adam-step.js


const READ = {
    F32: (view, isLittle) => view.getFloat32(0, isLittle),
    F64: (view, isLittle) => view.getFloat64(0, isLittle),
    I64: (view, isLittle) => Number(view.getBigInt64(0, isLittle)),
};
const torch_adam_step_STEP_BYTES = 8;
async function readOptimizerSteps(reader, zip, counts) {
    let steps = null;
    for (const count of counts) {
        const read = typeof count === 'number' ? count : await readCount(reader, zip, count);
        if (read === null || (steps !== null && steps !== read))
            return null;
        steps = read;
    }
    return steps;
}
async function readCount(reader, zip, { dtype, storage }) {
    const readAs = READ[dtype ?? ''];
    const isFirst = storage?.offset === 0;
    const entry = isFirst ? findTorchRecord(zip, `data/${storage.key}`) : null;
    if (readAs === undefined || !entry || zip.byteOrder === null)
        return null;
    const bytes = await readStored(reader, entry, torch_adam_step_STEP_BYTES);
    if (!bytes.ok || bytes.value.length < (storage?.elementBytes ?? Infinity))
        return null;
    const { buffer, byteOffset, length } = bytes.value;
    const view = new DataView(buffer, byteOffset, length);
    return readAs(view, zip.byteOrder === 'little');
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-sizes.js

const DIMENSIONS_MAX = 64;
function sizesIn(value) {
    if (value?.kind === 'call') {
        const { callee, args, isReduced } = value;
        const isSize = isReduced &&
            callee.kind === 'global' &&
            fullNameOf(callee) === 'torch.Size' &&
            args.kind === 'tuple' &&
            args.items.length === 1 &&
            args.items[0]?.kind === 'tuple';
        return isSize ? sizesIn(args.items[0]) : null;
    }
    if (value?.kind !== 'tuple' || value.items.length > DIMENSIONS_MAX)
        return null;
    const integers = [];
    for (const item of value.items) {
        if (item.kind !== 'int')
            return null;
        integers.push(item.value);
    }
    return integers;
}
const COUNTABLE = 1n << 50n;
function isCountable(shape, others = []) {
    const elements = shape.reduce((product, size) => product * (size === 0n ? 1n : size), 1n);
    return isBelow(elements) && shape.every(isBelow) && others.every(isBelow);
}
function isBelow(one) {
    return one < COUNTABLE && one > -COUNTABLE;
}
function bytesNeeded(offset, shape, strides, elementBytes) {
    if (shape.length !== strides.length || offset < 0n)
        return null;
    if (shape.some((size) => size < 0n))
        return null;
    if (shape.includes(0n))
        return 0n;
    if (strides.some((stride) => stride < 0n))
        return null;
    const last = shape.reduce((sum, size, at) => sum + (size - 1n) * (strides[at] ?? 0n), offset);
    return (last + 1n) * elementBytes;
}
function isOddEmpty(shape) {
    return shape.includes(0n) && shape.some((size) => size < 0n);
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-objects.js


function judgeObject(name, call) {
    const args = call.args.kind === 'tuple' ? call.args.items : null;
    const isMade = args !== null && OBJECTS.get(name)?.(args, call) === true;
    return isMade ? null : `an object of ${name}`;
}
const ITEMS_MAX = 256;
const torch_objects_TEXT_MAX_CHARACTERS = 2560;
const RECONSTRUCT = [
    'numpy._core.multiarray._reconstruct',
    'numpy.core.multiarray._reconstruct',
];
const NUMPY_GLOBALS = new Set([
    ...RECONSTRUCT,
    'numpy.dtype',
    'numpy.ndarray',
    'numpy.dtypes.UInt32DType',
]);
const isUntouched = ({ items, entries, states }) => items.length === 0 && entries.length === 0 && states.length === 0;
const OBJECTS = new Map([
    [
        'collections.OrderedDict',
        (args, { items, states }) => args.length === 0 &&
            items.length === 0 &&
            states.every(({ kind }) => kind === 'dict'),
    ],
    [
        'collections.Counter',
        ([from, ...more], { items, states }) => (from === undefined || from.kind === 'dict') &&
            more.length === 0 &&
            items.length === 0 &&
            states.length === 0,
    ],
    [
        'torch.Size',
        ([sizes, ...more], call) => sizes?.kind === 'tuple' &&
            sizesIn(sizes) !== null &&
            more.length === 0 &&
            isUntouched(call),
    ],
    [
        'torch.device',
        ([type, index, ...more], call) => type?.kind === 'text' &&
            /^(?:cpu|cuda|meta|mps|xpu)$/.test(type.value) &&
            (index === undefined || isIndex(index)) &&
            more.length === 0 &&
            isUntouched(call),
    ],
    [
        'torch.serialization._get_layout',
        (_args, call) => layoutOf(call) !== null && isUntouched(call),
    ],
    [
        'builtins.set',
        ([items, ...more], call) => (items === undefined ||
            (items.kind === 'list' &&
                items.items.length <= ITEMS_MAX &&
                items.items.every(isScalar))) &&
            more.length === 0 &&
            isUntouched(call),
    ],
    [
        'builtins.bytearray',
        ([from, ...more], call) => (from === undefined || (from.kind === 'call' && isEncoded(from))) &&
            more.length === 0 &&
            isUntouched(call),
    ],
    [
        'builtins.complex',
        (args, call) => args.length === 2 &&
            args.every(({ kind }) => kind === 'float') &&
            isUntouched(call),
    ],
    ['_codecs.encode', (_args, call) => isEncoded(call) && isUntouched(call)],
    ['numpy.dtype', (_args, call) => dtypeBytes(call) !== null],
    ...RECONSTRUCT.map((name) => [name, isArray]),
]);
const DEVICES = 16n;
function isIndex(value) {
    return value.kind === 'int' && value.value >= 0n && value.value < DEVICES;
}
function isScalar({ kind }) {
    return ['none', 'bool', 'int', 'float', 'text', 'bytes'].includes(kind);
}
function dtypeBytes(value) {
    if (value?.kind !== 'call' || !value.isReduced)
        return null;
    const { callee, args, states, items, entries } = value;
    if (callee.kind !== 'global' || fullNameOf(callee) !== 'numpy.dtype')
        return null;
    const [type] = args.kind === 'tuple' ? args.items : [];
    const [, bytes] = type?.kind === 'text' ? (/^[uif]([1248])$/.exec(type.value) ?? []) : [];
    const [state] = states;
    const [version, order] = state?.kind === 'tuple' ? state.items : [];
    const isUsual = states.length === 1 &&
        items.length === 0 &&
        entries.length === 0 &&
        version?.kind === 'int' &&
        version.value === 3n &&
        order?.kind === 'text' &&
        /^[<>|=]$/.test(order.value);
    return isUsual && bytes !== undefined ? Number(bytes) : null;
}
function arrayLength(call) {
    const [state] = call.states;
    const [, shape] = state?.kind === 'tuple' ? state.items : [];
    const [size] = shape?.kind === 'tuple' ? shape.items : [];
    const isMade = call.isReduced &&
        call.callee.kind === 'global' &&
        RECONSTRUCT.includes(fullNameOf(call.callee)) &&
        call.args.kind === 'tuple' &&
        isArray(call.args.items, call);
    return isMade && size?.kind === 'int' ? Number(size.value) : null;
}
function isArray([type, ...more], { states, items, entries }) {
    const [state, ...others] = states;
    if (state?.kind !== 'tuple' || items.length + entries.length > 0)
        return false;
    const [, shape, dtype, isFortran, raw] = state.items;
    const [size, ...sizes] = shape?.kind === 'tuple' ? shape.items : [];
    const bytes = dtypeBytes(dtype);
    const text = raw?.kind === 'call' && isEncoded(raw) && raw.args.kind === 'tuple'
        ? raw.args.items[0]
        : undefined;
    return (type?.kind === 'global' &&
        fullNameOf(type) === 'numpy.ndarray' &&
        more.length === 2 &&
        others.length === 0 &&
        sizes.length === 0 &&
        size?.kind === 'int' &&
        isFortran?.kind === 'bool' &&
        bytes !== null &&
        text?.kind === 'text' &&
        size.value * BigInt(bytes) === BigInt(text.value.length));
}
function isEncoded({ callee, args, isReduced }) {
    if (!isReduced || callee.kind !== 'global' || args.kind !== 'tuple')
        return false;
    const [text, encoding, ...more] = args.items;
    return (fullNameOf(callee) === '_codecs.encode' &&
        text?.kind === 'text' &&
        text.value.length <= torch_objects_TEXT_MAX_CHARACTERS &&
        /^[\0-\xff]*$/.test(text.value) &&
        encoding?.kind === 'text' &&
        encoding.value === 'latin1' &&
        more.length === 0);
}
const LAYOUTS = /^torch\.(?:strided|sparse_coo|sparse_csr|sparse_csc|sparse_bsr|sparse_bsc)$/;
function layoutOf({ callee, args, isReduced, }) {
    if (!isReduced || callee.kind !== 'global' || args.kind !== 'tuple')
        return null;
    const [name, ...more] = args.items;
    return fullNameOf(callee) === 'torch.serialization._get_layout' &&
        name?.kind === 'text' &&
        LAYOUTS.test(name.value) &&
        more.length === 0
        ? name.value
        : null;
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-random.js



const TWISTER_WORDS = 624;
const VERSIONS = [2n, 3n];
const CPU_STATE_BYTES = 5056;
const PYTHON = {
    wanted: 'the state of the generator of Python',
    fits: (value) => {
        const [version, words, gauss, ...more] = torch_misfit_itemsOf(value) ?? [];
        return (version?.kind === 'int' &&
            VERSIONS.includes(version.value) &&
            words?.kind === 'tuple' &&
            words.items.length === TWISTER_WORDS + 1 &&
            words.items.every((one) => one.kind === 'int' && one.value >= 0n) &&
            isPlace(words.items.at(-1)) &&
            gauss !== undefined &&
            more.length === 0);
    },
};
function isPlace(value) {
    return value?.kind === 'int' && value.value <= BigInt(TWISTER_WORDS);
}
const NUMPY = {
    wanted: 'the state of the generator of numpy',
    fits: (value) => {
        const items = torch_misfit_itemsOf(value) ?? [];
        const [name, words, place] = items;
        const isWhole = items.length === 3 || items.length >= 5;
        return (isWhole &&
            name?.kind === 'text' &&
            name.value === 'MT19937' &&
            (wordsIn(words) ?? 0) >= TWISTER_WORDS &&
            (place?.kind === 'int' || place?.kind === 'bool'));
    },
};
function wordsIn(value) {
    return value?.kind === 'call'
        ? arrayLength(value)
        : (torch_misfit_itemsOf(value)?.length ?? null);
}
const CPU = {
    wanted: 'a tensor of 5,056 bytes',
    fits: (value, shapeOf) => {
        const tensor = shapeOf(value);
        return tensor?.dtype === 'U8' && elementsOf(tensor) === CPU_STATE_BYTES;
    },
};
function findRandomMisfit(value, shapeOf) {
    const entries = torch_dict_entriesOf(value);
    if (entries === null)
        return {
            where: '',
            found: wordsFor(value, shapeOf),
            wanted: 'a dict of the states of random generators',
        };
    const rules = { python: PYTHON, numpy: NUMPY, cpu: CPU };
    return misfitIn(byName(entries), rules, { shapeOf });
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-entries.js


const PATH_MAX_DEPTH = 8;
const PATH_MAX_CHARACTERS = 512;
function describeRoot(value, tensors) {
    const entries = torch_dict_entriesOf(value);
    if (entries === null) {
        const inner = innerTensors([['', value]], tensors);
        const root = typeOf(value, tensors);
        return { root, tensors: [], inner, others: [], oddKeys: 0 };
    }
    const named = new Map();
    let oddKeys = 0;
    for (const [key, one] of entries)
        if (key.kind === 'text')
            named.set(key.value, one);
        else
            oddKeys += 1;
    const found = [];
    const others = [];
    for (const [name, one] of named) {
        const shape = one.kind === 'call' ? tensors.get(one) : undefined;
        if (shape === undefined)
            others.push([name, one]);
        else
            found.push({ name, ...shape });
    }
    return {
        root: 'dict',
        tensors: found,
        inner: innerTensors(others, tensors),
        others: others.map(([name, one]) => ({ name, type: typeOf(one, tensors) })),
        oddKeys,
    };
}
function madeBy(value) {
    return value.kind === 'call' && value.callee.kind === 'global'
        ? fullNameOf(value.callee)
        : null;
}
function innerTensors(roots, tensors) {
    const found = [];
    const seen = new Set();
    let level = roots;
    for (let depth = 0; depth < PATH_MAX_DEPTH && level.length > 0; depth += 1) {
        const next = [];
        for (const [path, value] of level) {
            if (seen.has(value))
                continue;
            seen.add(value);
            const shape = value.kind === 'call' ? tensors.get(value) : undefined;
            if (shape !== undefined)
                found.push({ name: path, ...shape });
            else
                for (const child of childrenOf(path, value))
                    next.push(child);
        }
        level = next;
    }
    return found;
}
function childrenOf(path, value) {
    const below = (key) => (path === '' ? key : `${path}.${key}`).slice(0, PATH_MAX_CHARACTERS);
    if (value.kind === 'list' || value.kind === 'tuple')
        return value.items
            .map((item, index) => [below(String(index)), item])
            .filter(([, item]) => isContainer(item));
    return (torch_dict_entriesOf(value) ?? [])
        .filter(([, item]) => isContainer(item))
        .map(([key, item]) => [below(keyName(key)), item]);
}
function isContainer({ kind }) {
    return ['dict', 'list', 'tuple', 'call'].includes(kind);
}
function keyName(key) {
    return key.kind === 'text' || key.kind === 'int' ? String(key.value) : '?';
}
const PYTHON_TYPES = {
    none: 'NoneType',
    bool: 'bool',
    int: 'int',
    float: 'float',
    text: 'str',
    bytes: 'bytes',
    tuple: 'tuple',
    list: 'list',
    dict: 'dict',
    set: 'set',
    global: 'type',
    call: 'object',
    persistent: 'TypedStorage',
};
function typeOf(value, tensors) {
    if (value.kind === 'call' && tensors.has(value))
        return 'Tensor';
    return madeBy(value)?.split('.').at(-1) ?? PYTHON_TYPES[value.kind];
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-profile.js


const NO_MORE = new Set();
function weightsOnlyProfile(idFields, more = NO_MORE) {
    let first = null;
    let doubt = null;
    const rules = { idFields, more };
    return {
        watch: ({ name, code }, argument, machine, at) => {
            const rule = RULES.get(name);
            if (rule === undefined)
                first = { kind: 'opcode', at, code };
            if (!rule)
                return first === null ? 'go on' : 'leave';
            const refused = rule(machine, argument, rules);
            if (refused !== null)
                first = { ...refused, at };
            doubt ??= DOUBTS.get(name)?.(machine) ?? null;
            return refused === null ? 'go on' : 'leave';
        },
        refusal: () => first,
        doubt: () => doubt,
    };
}
const refusedUnless = (kind, isTaken) => (isTaken ? null : { kind });
const calls = ({ stack }) => refusedUnless('call', stack.at(-2)?.kind === 'global');
const FREE = [
    'PROTO',
    'STOP',
    'MARK',
    'NONE',
    'NEWTRUE',
    'NEWFALSE',
    'BININT',
    'BININT1',
    'BININT2',
    'LONG1',
    'BINFLOAT',
    'BINUNICODE',
    'SHORT_BINSTRING',
    'EMPTY_TUPLE',
    'TUPLE',
    'TUPLE1',
    'TUPLE2',
    'TUPLE3',
    'EMPTY_LIST',
    'EMPTY_DICT',
    'EMPTY_SET',
    'BINPUT',
    'LONG_BINPUT',
    'BINGET',
    'LONG_BINGET',
];
const RULES = new Map([
    ...FREE.map((name) => [name, null]),
    [
        'GLOBAL',
        (_machine, argument, { more }) => refusedGlobal(linesIn(argument), more),
    ],
    ['REDUCE', calls],
    ['NEWOBJ', calls],
    ['BUILD', ({ stack }) => refusedUnless('build', isBuildable(stack.at(-2)))],
    [
        'APPEND',
        ({ stack }) => refusedUnless('container', stack.at(-2)?.kind === 'list'),
    ],
    [
        'APPENDS',
        ({ marks }) => refusedUnless('container', marks.at(-1)?.at(-1)?.kind === 'list'),
    ],
    [
        'SETITEM',
        ({ stack }) => refusedUnless('container', isSettable(stack.at(-3)) && isKey(stack.at(-2))),
    ],
    [
        'SETITEMS',
        ({ stack, marks }) => refusedUnless('container', isSettable(marks.at(-1)?.at(-1)) &&
            stack.every((value, index) => index % 2 === 1 || isKey(value))),
    ],
    [
        'BINPERSID',
        ({ stack }, _argument, { idFields }) => refusedUnless('persistent-id', isStorageId(stack.at(-1), idFields)),
    ],
]);
function refusedGlobal([module = '', name = ''], more) {
    const global = { kind: 'global', module, name };
    if (isBlockedGlobal(global))
        return { kind: 'blocked-global', global: fullNameOf(global) };
    return isAllowedGlobal(global) || more.has(fullNameOf(global))
        ? null
        : { kind: 'global', global: fullNameOf(global) };
}
function torch_profile_madeBy(value) {
    return value?.kind === 'call' && value.callee.kind === 'global'
        ? fullNameOf(value.callee)
        : null;
}
function isSettable(value) {
    if (value?.kind === 'dict')
        return true;
    const made = torch_profile_madeBy(value);
    return made === 'collections.OrderedDict' || made === 'collections.Counter';
}
function isKey(value) {
    const made = torch_profile_madeBy(value);
    return (!['list', 'dict', 'set'].includes(value?.kind ?? 'none') &&
        made !== 'collections.OrderedDict' &&
        made !== 'collections.Counter' &&
        made !== 'builtins.set' &&
        made !== 'builtins.bytearray');
}
function isBuildable(value) {
    return value?.kind === 'set' || torch_profile_madeBy(value) !== null;
}
function isStorageId(value, idFields) {
    if (value?.kind !== 'tuple' || value.items.length !== idFields)
        return false;
    const [type] = value.items;
    return type?.kind === 'text' && type.value === 'storage';
}
const ODD_KEY = 'a dict with keys of a rare kind';
const DOUBTS = new Map([
    ['SETITEM', ({ stack }) => (isOddKey(stack.at(-2)) ? ODD_KEY : null)],
    [
        'SETITEMS',
        ({ stack }) => stack.some((value, index) => index % 2 === 0 && isOddKey(value))
            ? ODD_KEY
            : null,
    ],
    [
        'BUILD',
        ({ stack }) => (stack.at(-2)?.kind === 'set' ? 'a set with a state' : null),
    ],
]);
function isOddKey(value) {
    return value?.kind === 'tuple' || value?.kind === 'call';
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-storages.js


const UNUSUAL = (0,parsed/* parsed */.Y)('a storage of a kind that is not known here');
function readId({ id }) {
    const [, type, key, location, count, ...more] = id.kind === 'tuple' ? id.items : [];
    const element = type?.kind === 'global' ? storageElement(type) : null;
    const isUsual = type?.kind === 'global' &&
        element !== null &&
        key?.kind === 'text' &&
        location?.kind === 'text' &&
        count?.kind === 'int' &&
        count.value >= 0n;
    if (!isUsual)
        return null;
    const { dtype, bytes: elementBytes } = element;
    const sizeBytes = count.value * BigInt(elementBytes);
    return {
        global: fullNameOf(type),
        key: key.value,
        dtype,
        elementBytes,
        sizeBytes,
        more,
    };
}
function zipStorages(storageBytes) {
    const loaded = new Map();
    return (one) => {
        const id = readId(one);
        if (id === null)
            return UNUSUAL;
        const { key, dtype, elementBytes, sizeBytes } = id;
        const before = loaded.get(key);
        if (before !== undefined)
            return (0,parsed/* parsed */.Y)(before);
        const foundBytes = storageBytes(key, Number(sizeBytes));
        if (foundBytes === null)
            return (0,parsed/* defective */.Q)({ code: 'storage-missing', key });
        if (sizeBytes !== BigInt(foundBytes))
            return (0,parsed/* defective */.Q)({
                code: 'storage-size',
                key,
                expectedBytes: String(sizeBytes),
                foundBytes,
            });
        const storage = { key, dtype, elementBytes, sizeBytes, startBytes: 0n };
        if (foundBytes > 0)
            loaded.set(key, storage);
        return (0,parsed/* parsed */.Y)(storage);
    };
}
function claimedStorages() {
    const sizes = new Map();
    const judge = zipStorages((key, claimedBytes) => {
        sizes.set(key, claimedBytes);
        return claimedBytes;
    });
    return { judge, sizes };
}
function legacyStorages() {
    const roots = new Map();
    const views = new Map();
    const judge = (one) => {
        const id = readId(one);
        if (id === null)
            return UNUSUAL;
        const { key, dtype, elementBytes } = id;
        if (id.global === 'torch.storage.UntypedStorage')
            return (0,parsed/* defective */.Q)({ code: 'storage-untyped', key });
        if (views.has(key))
            return UNUSUAL;
        const before = roots.get(key);
        const isLost = before?.sizeBytes === 0n;
        const sizeBytes = isLost ? 0n : id.sizeBytes;
        const made = { key, dtype, elementBytes, sizeBytes, startBytes: 0n };
        if (before === undefined)
            roots.set(key, made);
        const storage = before === undefined || isLost ? made : before;
        const [view] = id.more;
        if (view === undefined || view.kind === 'none')
            return (0,parsed/* parsed */.Y)(storage);
        const part = readView(view, storage, id);
        if (part === null || roots.has(part.viewKey))
            return UNUSUAL;
        const known = views.get(part.viewKey);
        if (known === undefined)
            views.set(part.viewKey, part.storage);
        return (0,parsed/* parsed */.Y)(known ?? part.storage);
    };
    return { judge, roots, views };
}
function readView(view, whole, { dtype, elementBytes }) {
    if (view.kind !== 'tuple' || view.items.length !== 3)
        return null;
    const [key, offset, size] = view.items;
    if (key?.kind !== 'text' ||
        offset?.kind !== 'int' ||
        size?.kind !== 'int' ||
        offset.value < 0n ||
        size.value < 0n)
        return null;
    const startBytes = offset.value * BigInt(elementBytes);
    const sizeBytes = size.value * BigInt(elementBytes);
    if (startBytes + sizeBytes > whole.sizeBytes)
        return null;
    return {
        viewKey: key.value,
        storage: { key: whole.key, dtype, elementBytes, sizeBytes, startBytes },
    };
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-arguments.js

function isFlag(value) {
    return value?.kind === 'bool';
}
function isTrue(value) {
    return value?.kind === 'bool' && value.value;
}
function isHooks(value) {
    return (value?.kind === 'call' &&
        value.callee.kind === 'global' &&
        fullNameOf(value.callee) === 'collections.OrderedDict');
}
function isFloating(dtype) {
    return dtype !== null && /^(?:F|BF|C)\d/.test(dtype);
}
function isMetadata(value, dtype) {
    if (value === undefined || value.kind === 'none')
        return true;
    if (value.kind !== 'dict' || value.entries.length > 2)
        return false;
    const isComplex = dtype?.startsWith('C') === true;
    return value.entries.every(([key, bit]) => isComplex &&
        key.kind === 'text' &&
        (key.value === 'conj' || key.value === 'neg') &&
        bit.kind === 'bool');
}
const COMPUTED = new Set('H T _backward_hooks _base _cdata _grad _grad_fn _has_symbolic_sizes_strides _post_accumulate_grad_hooks _python_dispatch _version data device dtype grad grad_dtype grad_fn imag is_cpu is_cuda is_ipu is_leaf is_maia is_meta is_mkldnn is_mps is_mtia is_nested is_quantized is_sparse is_sparse_csr is_vulkan is_xla is_xpu itemsize layout mH mT name names nbytes ndim output_nr real requires_grad retains_grad shape volatile'.split(' '));
const ATTRIBUTES_MAX = 64;
function isPlainState(value) {
    if (value?.kind === 'none')
        return true;
    return (value?.kind === 'dict' &&
        value.entries.length <= ATTRIBUTES_MAX &&
        value.entries.every(([key]) => key.kind === 'text' &&
            key.value.length <= 100 &&
            /^[a-z]\w*$/i.test(key.value) &&
            !COMPUTED.has(key.value)));
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-bare-tensors.js




function metaShape([type, sizes, steps, grad, ...more]) {
    const element = type?.kind === 'global' ? dtypeElement(type) : null;
    const shape = sizesIn(sizes);
    const strides = sizesIn(steps);
    const isUsual = element !== null &&
        shape !== null &&
        strides?.length === shape.length &&
        isCountable(shape, strides) &&
        !isOddEmpty(shape) &&
        bytesNeeded(0n, shape, strides, BigInt(element.bytes)) !== null &&
        isFlag(grad) &&
        (!isTrue(grad) || isFloating(element.dtype)) &&
        more.length === 0;
    if (!isUsual)
        return null;
    const { dtype } = element;
    return { dtype, shape: shape.map(Number), form: 'meta', storage: null };
}
function sparseShape([layout, parts, ...more], tensors) {
    const name = layout?.kind === 'call' ? layoutOf(layout) : null;
    if (name !== 'torch.sparse_coo' || parts?.kind !== 'tuple' || more.length > 0)
        return null;
    const [at, from, sizes, coalesced, ...rest] = parts.items;
    const indices = at?.kind === 'call' ? tensors.get(at) : undefined;
    const values = from?.kind === 'call' ? tensors.get(from) : undefined;
    const shape = sizesIn(sizes);
    if (!indices || values?.form !== 'dense' || shape === null)
        return null;
    const isUsual = indices.dtype === 'I64' &&
        isCountable(shape) &&
        shape.every((size) => size >= 0n) &&
        isSparse(indices.shape, values.shape, shape.map(Number)) &&
        isFlag(coalesced) &&
        rest.length === 0;
    if (!isUsual)
        return null;
    const { dtype } = values;
    return { dtype, shape: shape.map(Number), form: 'sparse', storage: null };
}
function isSparse([sparse = 0, entries, ...more], [ofValues, ...dense], shape) {
    return (entries !== undefined &&
        more.length === 0 &&
        ofValues === entries &&
        shape.length === sparse + dense.length &&
        dense.every((size, dimension) => shape[sparse + dimension] === size));
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-tensors.js






function judgeMade(made, judgeStorage, canGrow = false) {
    const judging = {
        judgeStorage,
        canGrow,
        storages: new Map(),
        tensors: new Map(),
    };
    let unknown = null;
    for (const one of made) {
        const judgement = one.kind === 'call' ? judgeCall(judging, one) : keepStorage(judging, one);
        if (!judgement.ok)
            return judgement;
        unknown ??= judgement.value;
    }
    return (0,parsed/* parsed */.Y)({ tensors: judging.tensors, unknown });
}
function nameOf({ callee }) {
    return callee.kind === 'global' ? fullNameOf(callee) : 'what is no global';
}
function keepStorage(judging, one) {
    const judged = judging.judgeStorage(one);
    if (!judged.ok)
        return judged;
    if (typeof judged.value === 'string')
        return (0,parsed/* parsed */.Y)(judged.value);
    judging.storages.set(one, judged.value);
    return MADE;
}
function storageOf({ storages }, value) {
    return value?.kind === 'persistent' ? (storages.get(value) ?? null) : null;
}
const MADE = (0,parsed/* parsed */.Y)(null);
const torch_tensors_UNUSUAL = (0,parsed/* parsed */.Y)('a tensor that is not made as torch makes it');
const MAKERS = new Map([
    ['torch._utils._rebuild_tensor_v2', judgeTensor],
    ['torch._utils._rebuild_tensor_v3', judgeTyped],
    ['torch._utils._rebuild_parameter', judgeParameter],
    ['torch._utils._rebuild_parameter_with_state', judgeParameter],
    ['torch._tensor._rebuild_from_type_v2', judgeSubclass],
    ['torch._utils._rebuild_meta_tensor_no_storage', judgeShape(metaShape)],
    ['torch._utils._rebuild_sparse_tensor', judgeShape(sparseShape)],
]);
function judgeCall(judging, call) {
    if (!call.isReduced)
        return (0,parsed/* parsed */.Y)(`an instance of ${nameOf(call)}`);
    const maker = MAKERS.get(nameOf(call));
    if (maker === undefined)
        return (0,parsed/* parsed */.Y)(judgeObject(nameOf(call), call));
    const isUntouched = call.items.length === 0 &&
        call.entries.length === 0 &&
        call.states.length === 0;
    return isUntouched && call.args.kind === 'tuple'
        ? maker(judging, call, call.args.items)
        : torch_tensors_UNUSUAL;
}
function judgeTensor(judging, call, args) {
    const [from, offset, sizes, strides, grad, hooks, metadata, ...more] = args;
    const storage = storageOf(judging, from);
    if (storage === null || more.length > 0)
        return torch_tensors_UNUSUAL;
    const dtype = storage.dtype ?? 'U8';
    if (dtype.startsWith('Q'))
        return torch_tensors_UNUSUAL;
    const wantsGradient = isTrue(grad);
    if (!isFlag(grad) || !isHooks(hooks) || !isMetadata(metadata, dtype))
        return torch_tensors_UNUSUAL;
    if (wantsGradient && !isFloating(dtype))
        return (0,parsed/* defective */.Q)({ code: 'tensor-gradient', key: storage.key, dtype });
    const element = { dtype, bytes: storage.elementBytes };
    return place(judging, call, storage, element, [offset, sizes, strides]);
}
function judgeTyped(judging, call, args) {
    const [from, offset, sizes, strides, grad, hooks, type, metadata, ...more] = args;
    const storage = storageOf(judging, from);
    const element = type?.kind === 'global' ? dtypeElement(type) : null;
    if (storage === null || element === null || more.length > 0)
        return torch_tensors_UNUSUAL;
    const { dtype } = element;
    if (!isFlag(grad) || !isHooks(hooks) || !isMetadata(metadata, dtype))
        return torch_tensors_UNUSUAL;
    if (isTrue(grad))
        return (0,parsed/* defective */.Q)({ code: 'tensor-gradient', key: storage.key, dtype });
    return place(judging, call, storage, element, [offset, sizes, strides]);
}
function place({ tensors, canGrow }, call, storage, { dtype, bytes }, [from, sizes, steps]) {
    const shape = sizesIn(sizes);
    const strides = sizesIn(steps);
    const offset = from?.kind === 'int' ? from.value : null;
    if (shape === null || strides === null || offset === null)
        return torch_tensors_UNUSUAL;
    if (!isCountable(shape, strides) || !isCountable([], [offset]))
        return torch_tensors_UNUSUAL;
    if (isOddEmpty(shape))
        return torch_tensors_UNUSUAL;
    const needed = bytesNeeded(offset, shape, strides, BigInt(bytes));
    if (needed === null || needed > storage.sizeBytes) {
        if (canGrow && needed !== null && storage.startBytes === 0n)
            storage.sizeBytes = needed;
        else
            return (0,parsed/* defective */.Q)({
                code: 'tensor-out-of-bounds',
                key: storage.key,
                shape: shape.map(String),
            });
    }
    tensors.set(call, {
        dtype,
        shape: shape.map(Number),
        form: 'dense',
        storage: {
            key: storage.key,
            offset: Number(offset) + Number(storage.startBytes) / bytes,
            strides: strides.map(Number),
            elementBytes: bytes,
            storageBytes: Number(storage.sizeBytes),
        },
    });
    return MADE;
}
function judgeParameter({ tensors }, call, args) {
    const [from, grad, hooks, state, ...more] = args;
    const tensor = from?.kind === 'call' ? tensors.get(from) : undefined;
    const hasState = nameOf(call) === 'torch._utils._rebuild_parameter_with_state';
    const isUsual = tensor !== undefined &&
        isFlag(grad) &&
        isHooks(hooks) &&
        more.length === 0 &&
        (hasState ? isPlainState(state) : state === undefined);
    if (!isUsual)
        return torch_tensors_UNUSUAL;
    if (isTrue(grad) && !isFloating(tensor.dtype))
        return torch_tensors_UNUSUAL;
    tensors.set(call, tensor);
    return MADE;
}
function judgeSubclass(judging, call, [callee, type, args, state, ...more]) {
    const maker = callee?.kind === 'global' && MAKERS.get(fullNameOf(callee));
    const isUsual = maker &&
        maker !== judgeSubclass &&
        maker !== judgeParameter &&
        type?.kind === 'global' &&
        fullNameOf(type) === 'torch.Tensor' &&
        args?.kind === 'tuple' &&
        isPlainState(state) &&
        more.length === 0;
    return isUsual ? maker(judging, call, args.items) : torch_tensors_UNUSUAL;
}
function judgeShape(shapeOf) {
    return ({ tensors }, call, args) => {
        const shape = shapeOf(args, tensors);
        if (shape === null)
            return torch_tensors_UNUSUAL;
        tensors.set(call, shape);
        return MADE;
    };
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-state.js









function readAllowed(bytes, idFields, more) {
    const profile = weightsOnlyProfile(idFields, more);
    const read = unpickle(bytes, limits/* PICKLE_LIMITS */.Qt, profile.watch);
    const refusal = profile.refusal();
    if (refusal !== null)
        return (0,parsed/* defective */.Q)({ code: 'refused', refusal });
    if (read.ok)
        return (0,parsed/* parsed */.Y)({ ...read.value, doubt: profile.doubt() });
    const { defect } = read;
    if (defect.code === 'pickle-left')
        return (0,parsed/* defective */.Q)({ code: 'pickle-cut', at: defect.at });
    return (0,parsed/* defective */.Q)(defect);
}
function parseTorchState(bytes, storageBytes) {
    const read = readAllowed(bytes, 5);
    if (!read.ok)
        return read;
    const { made, endBytes } = read.value;
    const judged = judgeMade(made, zipStorages(storageBytes));
    if (!judged.ok)
        return judged;
    const trailingBytes = bytes.length - endBytes;
    return (0,parsed/* parsed */.Y)(stateOf(read.value, judged.value, { trailingBytes }));
}
function stateOf({ value, doubt }, { tensors, unknown }, more) {
    const why = doubt ?? unknown;
    if (why !== null)
        return unknownState(why);
    const root = describeRoot(value, tensors);
    return {
        ...root,
        unknown: null,
        trailingBytes: 0,
        storagesAt: null,
        ...more,
    };
}
function unknownState(unknown) {
    return {
        unknown,
        root: 'unknown',
        tensors: [],
        inner: [],
        others: [],
        oddKeys: 0,
        trailingBytes: 0,
        storagesAt: null,
    };
}
async function readTorchState(reader, zip) {
    const bytes = await readPickle(reader, zip);
    return typeof bytes === 'string'
        ? (0,parsed/* parsed */.Y)(unknownState(bytes))
        : parseTorchState(bytes, storageBytesOf(zip));
}
async function readPickle(reader, zip) {
    if (zip.isTorchScript)
        return 'it is a TorchScript archive';
    if (zip.unreadableStorages.length > 0)
        return 'some of its storages are encrypted or packed in a rare way';
    if (zip.pickle.method !== 0)
        return 'its pickle is compressed';
    if (zip.pickle.sizeBytes > limits/* PICKLE_MAX_BYTES */.GD)
        return 'its pickle is larger than is read';
    const bytes = await readStored(reader, zip.pickle, limits/* PICKLE_MAX_BYTES */.GD);
    return bytes.ok
        ? bytes.value
        : 'its pickle could not be found in the archive';
}
function storageBytesOf(zip) {
    return (key) => findTorchRecord(zip, `data/${key}`)?.sizeBytes ?? null;
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-training.js














const KEYS_MAX = 64;
const KEY_MAX_CHARACTERS = 64;
async function readTorchTraining(reader, zip, use) {
    const bytes = await readPickle(reader, zip);
    if (typeof bytes === 'string')
        return (0,parsed/* parsed */.Y)(unknownTraining(bytes));
    const training = parseTorchTraining(bytes, storageBytesOf(zip), use);
    if (!training.ok)
        return training;
    const counts = training.value.optimizer?.stepCounts ?? [];
    return (0,parsed/* parsed */.Y)({
        ...training.value,
        content: contentOf(zip),
        optimizerSteps: await readOptimizerSteps(reader, zip, counts),
    });
}
function contentOf({ records, isCrcOff }) {
    if (isCrcOff)
        return null;
    const hash = new TextHash();
    for (const [name, { crc32, sizeBytes }] of records)
        hash.text(`${name} ${crc32} ${sizeBytes}`);
    return hash.digest();
}
function parseTorchTraining(bytes, storageBytes, { rules, role }) {
    const read = readByRules(bytes, rules);
    if (!read.ok)
        return read;
    const { value, made, doubt } = read.value;
    const judged = judgeMade(made, zipStorages(storageBytes));
    if (!judged.ok)
        return judged;
    const unknown = rules === 'anything' ? null : (doubt ?? judged.value.unknown);
    const described = describe(value, judged.value, role);
    const misfit = judged.value.unknown === null ? described.misfit : null;
    return (0,parsed/* parsed */.Y)({ ...described, misfit, unknown });
}
function readByRules(bytes, rules) {
    if (rules !== 'anything')
        return readAllowed(bytes, 5, rules === 'with-numpy' ? NUMPY_GLOBALS : undefined);
    const read = unpickle(bytes, limits/* PICKLE_LIMITS */.Qt);
    if (read.ok)
        return (0,parsed/* parsed */.Y)({ ...read.value, doubt: null });
    const { defect } = read;
    return defect.code === 'pickle-left'
        ? (0,parsed/* defective */.Q)({ code: 'pickle-cut', at: defect.at })
        : (0,parsed/* defective */.Q)(defect);
}
const NOTHING = {
    content: null,
    keys: null,
    optimizer: null,
    optimizerSteps: null,
    scheduler: null,
    misfit: null,
    lightning: null,
};
function unknownTraining(unknown) {
    return { unknown, ...NOTHING };
}
const torch_training_MISFITS = {
    optimizer: findOptimizerMisfit,
    scheduler: findSchedulerMisfit,
    random: findRandomMisfit,
    any: () => null,
};
function describe(value, { tensors }, role) {
    const shapeOf = (one) => one?.kind === 'call' ? tensors.get(one) : undefined;
    const misfit = torch_training_MISFITS[role](value, shapeOf);
    const root = torch_dict_entriesOf(value);
    if (root === null)
        return { ...NOTHING, misfit };
    const named = byName(root);
    return {
        ...NOTHING,
        keys: [...named.keys()]
            .filter(({ length }) => length <= KEY_MAX_CHARACTERS)
            .slice(0, KEYS_MAX),
        optimizer: describeOptimizer(named, shapeOf),
        scheduler: describeScheduler(named),
        misfit,
        lightning: describeLightning(named, shapeOf),
    };
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-headers.js



const ASKED_BY_NAME = new Set([
    '.data/serialization_id',
    '.data/version',
    '.format_version',
    '.storage_alignment',
    'byteorder',
    'data.pkl',
    'version',
]);
function isLookedFor(record, entry) {
    return (entry.compressedBytes > 0 &&
        (ASKED_BY_NAME.has(record) || record.startsWith('data/')));
}
async function findLostHeaders(reader, { records }) {
    const asked = [...records].filter(([name, entry]) => isLookedFor(name, entry));
    if (asked.length > limits/* LOCAL_HEADERS_MAX */.UD)
        return null;
    const lost = [];
    for (const group of groupNear(asked)) {
        const start = group[0]?.[1].localHeaderOffset ?? 0;
        const last = group.at(-1)?.[1].localHeaderOffset ?? 0;
        const bytes = await reader.read(start, last + fields/* LOCAL_HEADER_BYTES */.q_ - start);
        for (const [name, entry] of group) {
            const header = bytes.subarray(entry.localHeaderOffset - start);
            if (!parseContentOffset(header, entry, reader.size).ok)
                lost.push(name);
        }
    }
    return [
        ...lost.filter((name) => ASKED_BY_NAME.has(name)),
        ...lost.filter((name) => !ASKED_BY_NAME.has(name)),
    ];
}
function groupNear(records) {
    const offsetOf = ([, entry]) => entry.localHeaderOffset;
    const sorted = [...records].sort((one, other) => offsetOf(one) - offsetOf(other));
    const groups = [];
    let start = 0;
    let before = 0;
    for (const one of sorted) {
        const at = offsetOf(one);
        const group = groups.at(-1);
        const isNear = at - before <= limits/* LOCAL_HEADERS_GAP_BYTES */.yx &&
            at + fields/* LOCAL_HEADER_BYTES */.q_ - start <= limits/* LOCAL_HEADERS_READ_BYTES */.AU;
        if (group !== undefined && isNear)
            group.push(one);
        else {
            groups.push([one]);
            start = at;
        }
        before = at;
    }
    return groups;
}

;// CONCATENATED MODULE: ./lib/core/formats/dcp-metadata.js




const METADATA_MODULE = 'torch.distributed.checkpoint.metadata';
const STORAGE_MODULE = 'torch.distributed.checkpoint.filesystem';
function parseDcpMetadata(bytes) {
    const read = unpickle(bytes, limits/* PICKLE_LIMITS */.Qt);
    if (!read.ok)
        return read;
    const { value } = read.value;
    if (value.kind !== 'call')
        return (0,parsed/* defective */.Q)({
            code: 'not-metadata',
            found: PYTHON_TYPES[value.kind],
        });
    if (!isOf(value, METADATA_MODULE, 'Metadata'))
        return (0,parsed/* defective */.Q)({ code: 'not-known', what: 'an object of another class' });
    const fields = fieldsOf(value);
    const storage = fields.get('storage_data');
    if (storage === undefined || storage.kind === 'none')
        return (0,parsed/* defective */.Q)({ code: 'no-storage-data' });
    if (storage.kind !== 'dict')
        return (0,parsed/* defective */.Q)({ code: 'not-known', what: 'storage_data is no dict' });
    const state = fields.get('state_dict_metadata');
    return (0,parsed/* parsed */.Y)({
        ...extentsOf(storage),
        entries: state?.kind === 'dict' ? state.entries.length : 0,
    });
}
function extentsOf(storage) {
    const files = new Map();
    let unknown = null;
    for (const [index, info] of storage.entries) {
        const place = placeOf(index, info);
        if (place === null)
            unknown ??= 'a value lies where this version cannot say';
        else
            files.set(place.name, withPiece(files.get(place.name), place.piece));
    }
    return { files, unknown };
}
function withPiece(known, piece) {
    const end = endOf(piece);
    if (known === undefined)
        return {
            pieces: 1,
            pieceBytes: piece.length,
            endBytes: end,
            first: piece,
            last: piece.isTensor ? piece : null,
        };
    const { first, last } = known;
    const isLast = piece.isTensor && (last === null || end > endOf(last));
    return {
        pieces: known.pieces + 1,
        pieceBytes: known.pieceBytes + piece.length,
        endBytes: Math.max(known.endBytes, end),
        first: piece.offset < first.offset ? piece : first,
        last: isLast ? piece : last,
    };
}
function endOf({ offset, length }) {
    return offset + length;
}
function placeOf(index, info) {
    if (info.kind !== 'call' || !isOf(info, STORAGE_MODULE, '_StorageInfo'))
        return null;
    const fields = fieldsOf(info);
    const name = fields.get('relative_path');
    const offset = bytesOf(fields.get('offset'));
    const length = bytesOf(fields.get('length'));
    if (name?.kind !== 'text' || !dcp_metadata_isPlainName(name.value))
        return null;
    if (offset === null || length === null)
        return null;
    if (!Number.isSafeInteger(offset + length))
        return null;
    const isTransformed = hasItems(fields.get('transform_descriptors'));
    const isTensor = hasOffset(index);
    const piece = { offset, length, isTensor, isTransformed };
    return { name: name.value, piece };
}
function hasOffset(index) {
    if (index.kind !== 'call' || !isOf(index, METADATA_MODULE, 'MetadataIndex'))
        return false;
    return (fieldsOf(index).get('offset')?.kind ?? 'none') !== 'none';
}
function dcp_metadata_isPlainName(name) {
    return !/[/\\:\0]/.test(name) && !/^\.{0,2}$/.test(name);
}
function bytesOf(value) {
    if (value?.kind !== 'int')
        return null;
    const bytes = Number(value.value);
    return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}
function hasItems(value) {
    if (value === undefined || value.kind === 'none')
        return false;
    const isList = value.kind === 'list' || value.kind === 'tuple';
    return !isList || value.items.length > 0;
}
function isOf({ callee }, module, name) {
    return (callee.kind === 'global' && callee.module === module && callee.name === name);
}
function fieldsOf({ states }) {
    const fields = new Map();
    for (const state of states)
        for (const part of state.kind === 'tuple' ? state.items : [state])
            if (part.kind === 'dict')
                for (const [key, value] of part.entries)
                    if (key.kind === 'text')
                        fields.set(key.value, value);
    return fields;
}

;// CONCATENATED MODULE: ./lib/core/layout/dcp-files.js




const DCP_METADATA = '.metadata';
function dcpFacts(fileNamed) {
    return {
        metadata: memoise(async () => {
            const file = fileNamed(DCP_METADATA);
            return file === null ? null : file.read(readMetadata);
        }),
        fileNamed,
    };
}
async function readMetadata(reader) {
    const { size } = reader;
    if (size > limits/* PICKLE_MAX_BYTES */.GD)
        return (0,parsed/* defective */.Q)({
            code: 'too-large',
            sizeBytes: size,
            maxBytes: limits/* PICKLE_MAX_BYTES */.GD,
        });
    return parseDcpMetadata(await reader.read(0, size));
}
function findDcpSizeDamage({ fileNamed }, { files }) {
    const missing = [];
    const short = [];
    for (const [name, extent] of files) {
        const fileBytes = fileNamed(name)?.sizeBytes;
        if (fileBytes === undefined)
            missing.push({ name, extent });
        else if (fileBytes < extent.endBytes)
            short.push({ name, extent, fileBytes });
    }
    return { missing, short };
}
const ZIP_START = [0x50, 0x4b, 0x03, 0x04];
const ZIP_END = [0x50, 0x4b, 0x05, 0x06];
const ZIP_END_BYTES = 22;
const SAFETENSORS_BRACE_AT = 8;
const BRACE = 0x7b;
async function findDcpEndDamage(file, { first, last }) {
    if (last === null || !isPlain(first) || !isPlain(last))
        return null;
    const { kind } = await file.content();
    file.forget();
    if (kind === 'zero-filled')
        return 'zeros';
    return file.read(async (reader) => {
        const end = last.offset + last.length;
        const start = await reader.read(first.offset, ZIP_START.length);
        const begin = await reader.read(last.offset, SAFETENSORS_BRACE_AT + 1);
        const close = await reader.read(end - ZIP_END_BYTES, ZIP_END_BYTES);
        if (!isLike(start, ZIP_START))
            return null;
        if (begin[SAFETENSORS_BRACE_AT] === BRACE)
            return null;
        if (dcp_files_isZero(begin) || dcp_files_isZero(close))
            return 'zeros';
        if (!isLike(begin, ZIP_START))
            return 'not-there';
        return isLike(close, ZIP_END) ? null : 'not-closed';
    });
}
async function hasDcpEndDamage(dcp) {
    const read = await dcp.metadata();
    if (!read?.ok)
        return false;
    let opened = 0;
    for (const [name, extent] of read.value.files) {
        const file = dcp.fileNamed(name);
        if (file === null || (opened += 1) > limits/* RANK_FILES_MAX */.EU)
            continue;
        if ((await findDcpEndDamage(file, extent)) !== null)
            return true;
    }
    return false;
}
function isPlain({ isTransformed, length }) {
    return !isTransformed && length >= ZIP_END_BYTES;
}
function dcp_files_isZero(bytes) {
    return bytes.every((byte) => byte === 0);
}
function isLike(bytes, wanted) {
    return wanted.every((byte, at) => bytes[at] === byte);
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-root.js





async function readTorchRoot(reader) {
    const unread = (reason) => (0,parsed/* defective */.Q)({ code: 'not-read', reason });
    const zip = await readTorchZip(reader);
    if (!zip.ok)
        return zip;
    const { pickle } = zip.value;
    if (pickle.method !== 0)
        return unread('its pickle is compressed');
    if (pickle.sizeBytes > limits/* PICKLE_MAX_BYTES */.GD)
        return unread('its pickle is larger than is read');
    const bytes = await readStored(reader, pickle, limits/* PICKLE_MAX_BYTES */.GD);
    if (!bytes.ok)
        return unread('its pickle could not be found in the archive');
    const read = unpickle(bytes.value, limits/* PICKLE_LIMITS */.Qt);
    if (!read.ok)
        return isBeyond(read.defect)
            ? unread('its pickle takes more than is worked through')
            : (0,parsed/* defective */.Q)(read.defect);
    const key = findMissingStorage(read.value, zip.value);
    if (key !== null)
        return (0,parsed/* defective */.Q)({ code: 'storage-missing', key });
    return (0,parsed/* parsed */.Y)(rootOf(read.value.value));
}
function isBeyond(defect) {
    const { code } = defect;
    return (code === 'pickle-too-large' ||
        code === 'operand-invalid' ||
        code === 'pickle-left');
}
function findMissingStorage({ made }, zip) {
    for (const one of made) {
        if (one.kind !== 'persistent' || one.id.kind !== 'tuple')
            continue;
        const [type, , key] = one.id.items;
        if (type?.kind !== 'text' || type.value !== 'storage')
            continue;
        if (key?.kind !== 'text')
            continue;
        if (findTorchRecord(zip, `data/${key.value}`) === undefined)
            return key.value;
    }
    return null;
}
function rootOf(value) {
    const numbers = new Map();
    const filled = new Set();
    const entries = value.kind === 'dict' || value.kind === 'call' ? value.entries : [];
    for (const [key, one] of entries) {
        if (key.kind !== 'text' || one.kind === 'none')
            continue;
        filled.add(key.value);
        if (one.kind === 'int')
            numbers.set(key.value, Number(one.value));
    }
    return { numbers, filled };
}

;// CONCATENATED MODULE: ./lib/core/layout/rank-file.js


const OWN_CAPS = ['too-many-entries', 'directory-too-large'];
async function readRankFile(file) {
    const { kind } = await file.content();
    file.forget();
    if (isPlaceholder(kind))
        return {
            kind: 'damaged',
            defect: { code: 'placeholder', content: kind },
        };
    if (kind !== 'zip')
        return { kind: 'unread', reason: `it is ${contentName(kind)}` };
    const read = await file.read(readTorchRoot);
    if (read.ok)
        return { kind: 'whole', root: read.value };
    const { defect } = read;
    if (defect.code === 'not-read')
        return { kind: 'unread', reason: defect.reason };
    return OWN_CAPS.includes(defect.code)
        ? { kind: 'unread', reason: 'its directory is larger than is read' }
        : { kind: 'damaged', defect };
}
function rankFolder(fileNamed) {
    const known = new Map();
    return {
        fileNamed,
        stateOf: (file) => {
            const state = known.get(file) ?? readRankFile(file);
            known.set(file, state);
            return state;
        },
        forgetStates: () => {
            known.clear();
        },
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/tree.js

function showPath({ label, mark }, below) {
    if (mark !== undefined)
        return label + mark + below;
    if (below === '')
        return label;
    if (label === '.')
        return below;
    return label.endsWith('/') ? label + below : `${label}/${below}`;
}
function parentIn(source, below) {
    if (source.mark === undefined)
        return tree_parentOf(showPath(source, below));
    return showPath(source, below.slice(0, Math.max(below.lastIndexOf('/'), 0)));
}
function tree_parentOf(shown) {
    const cut = shown.replace(/\/+$/, '').lastIndexOf('/');
    if (cut < 0)
        return '.';
    return cut === 0 ? '/' : shown.slice(0, cut);
}
function tree_nameOf(path) {
    const trimmed = path.replace(/\/+$/, '');
    return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}
function buildTree(source, listing) {
    const unlisted = new Map(listing.unlisted.map((one) => [one.path, one]));
    const folders = new Map();
    const grow = (path, realPath) => {
        const folder = {
            path,
            shown: showPath(source, path),
            name: tree_nameOf(path === '' ? source.label : path),
            files: new Map(),
            telling: [],
            folders: new Map(),
            dangling: new Set(),
            unlisted: unlisted.get(path) ?? null,
            realPath,
        };
        folders.set(path, folder);
        if (path !== '')
            above(path).folders.set(folder.name, folder);
        return folder;
    };
    const root = grow('', null);
    let last = root;
    const above = (path) => {
        const cut = Math.max(path.lastIndexOf('/'), 0);
        if (cut !== last.path.length || !path.startsWith(last.path)) {
            const parent = path.slice(0, cut);
            last = folders.get(parent) ?? grow(parent, null);
        }
        return last;
    };
    for (const entry of listing.entries) {
        const { path, kind, name = lastName(path) } = entry;
        if (kind === 'folder')
            grow(path, entry.realPath ?? null);
        else if (entry.isDangling)
            above(path).dangling.add(name);
        else {
            const folder = above(path);
            folder.files.set(name, entry);
            if (!(0,walk_policy/* isBeside */.Z)(name))
                folder.telling.push(name);
        }
    }
    return root;
}
function lastName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
function hasFile({ telling }, pattern) {
    return telling.some((name) => pattern.test(name));
}

;// CONCATENATED MODULE: ./lib/core/layout/sharded-state.js



const ZERO_MODEL = /^(?:zero_pp_rank_(\d{1,6})_)?mp_rank_(\d{2,6})_model_states\.pt$/;
const ZERO_OTHER = /_(?:model|optim)_states\.pt$/;
const ZERO_OPTIMIZER = /^(?:(?:bf16|fp16)_)?zero_pp_rank_(\d{1,6})_mp_rank_(\d{2,6})_?optim_states\.pt$/;
const DCP_DATA = /^__\d+_\d+\.distcp$/;
const DCP_RANK_METADATA = /^__\d+\.metadata$/;
const DCP_TEMPORARY = '.metadata.tmp';
const DCP_FOLDER_NAME = /^(?:pytorch_model_fsdp|optimizer)_\d+$/;
function isZeroTag(folder) {
    return hasFile(folder, ZERO_MODEL) || hasFile(folder, ZERO_OPTIMIZER);
}
function isDcpFolder(folder) {
    return (folder.files.has(DCP_METADATA) ||
        folder.files.has(DCP_TEMPORARY) ||
        hasFile(folder, DCP_RANK_METADATA) ||
        hasFile(folder, DCP_DATA));
}
function findShardedState(folder, above, factsOf) {
    const places = [folder, ...folder.folders.values()];
    const zero = places.filter(isZeroTag).map((one) => zeroTag(one, factsOf));
    const isTag = isZeroTag(folder);
    const holder = isTag && !folder.files.has('latest') ? above : folder;
    return {
        zero,
        dcp: places
            .filter((one) => isDcpFolder(one) || isMeantForDcp(one))
            .map((one) => dcpFolder(one, factsOf)),
        own: rankFolder((name) => factsOf(folder, name)),
        latest: holder === null ? null : factsOf(holder, 'latest'),
        hasTag: (name) => holder?.folders.has(name) ?? false,
    };
}
function isMeantForDcp({ name, files, folders, unlisted }) {
    const isEmpty = files.size === 0 && folders.size === 0 && unlisted === null;
    return isEmpty && DCP_FOLDER_NAME.test(name);
}
function zeroTag(folder, factsOf) {
    const names = [...folder.files.keys()];
    const modelStates = names.flatMap((name) => zeroFile(name, ZERO_MODEL));
    const optimizerStates = names.flatMap((name) => zeroFile(name, ZERO_OPTIMIZER));
    const counted = new Set([...modelStates, ...optimizerStates].map(({ name }) => name));
    return {
        path: folder.shown,
        name: folder.name,
        modelStates,
        optimizerStates,
        others: names.filter((name) => ZERO_OTHER.test(name) && !counted.has(name)),
        ...rankFolder((name) => factsOf(folder, name)),
    };
}
function zeroFile(name, pattern) {
    const [, dataRank, modelRank] = pattern.exec(name) ?? [];
    if (modelRank === undefined)
        return [];
    return [
        {
            name,
            modelRank: Number(modelRank),
            dataRank: dataRank === undefined ? null : Number(dataRank),
        },
    ];
}
function dcpFolder(folder, factsOf) {
    return {
        ...dcpFacts((name) => factsOf(folder, name)),
        path: folder.shown,
        name: folder.name,
        dataFiles: [...folder.files.keys()].filter((name) => DCP_DATA.test(name)),
        hasMetadata: folder.files.has(DCP_METADATA) || hasFile(folder, DCP_RANK_METADATA),
        hasRankMetadata: hasFile(folder, DCP_RANK_METADATA),
        hasTemporary: folder.files.has(DCP_TEMPORARY),
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/state-roles.js


const ACCELERATES = [
    [
        /^optimizer(?:_\d+)?\.bin$/,
        { role: 'optimizer', rules: 'with-numpy', need: 'needed' },
    ],
    [
        /^scheduler(?:_\d+)?\.bin$/,
        { role: 'scheduler', rules: 'with-numpy', need: 'needed' },
    ],
    [/^scaler\.pt$/, { role: 'scaler', rules: 'with-numpy', need: 'needed' }],
    [
        ACCELERATE_RANDOM_STATES,
        { role: 'random', rules: 'with-numpy', need: 'tolerated' },
    ],
    [
        /^(?:sampler|dl_state_dict)(?:_\d+)?\.bin$/,
        { role: 'data', rules: 'anything', need: 'perhaps' },
    ],
    [
        /^custom_checkpoint_\d+\.pkl$/,
        { role: 'custom', rules: 'anything', need: 'needed' },
    ],
];
const TRAINERS = [
    [FSDP_WHOLE_MODEL, { role: 'model', rules: 'weights-only', need: 'needed' }],
    [
        /^optimizer\.(?:pt|bin)$/,
        { role: 'optimizer', rules: 'weights-only', need: 'needed' },
    ],
    [
        /^scheduler\.pt$/,
        { role: 'scheduler', rules: 'weights-only', need: 'needed' },
    ],
    [/^scaler\.pt$/, { role: 'scaler', rules: 'weights-only', need: 'needed' }],
    [
        /^rng_state(?:_\d+)?\.pth$/,
        { role: 'random', rules: 'with-numpy', need: 'needed' },
    ],
    [
        /^training_args\.bin$/,
        { role: 'arguments', rules: 'anything', need: 'unread' },
    ],
];
const hasName = ({ files }, pattern) => [...files.keys()].some((name) => pattern.test(name));
function stateUsesIn(folder) {
    const isTrainers = hasName(folder, TRAINERS_ONLY);
    const isAccelerates = !isTrainers &&
        (hasName(folder, ACCELERATE_RANDOM_STATES) ||
            folder.files.has(ACCELERATE_OPTIMIZER));
    const found = new Map();
    for (const name of folder.files.keys()) {
        const trainers = given(TRAINERS, name);
        const accelerates = given(ACCELERATES, name);
        if (isAccelerates && accelerates !== null)
            found.set(name, { ...accelerates, reader: 'accelerate' });
        else if (isTrainers && trainers !== null)
            found.set(name, {
                ...trainers,
                reader: 'Trainer',
                need: isPassedOver(folder, trainers) ? 'unread' : trainers.need,
            });
        else if (trainers !== null && isOfAnyLoop(name, trainers))
            found.set(name, { ...trainers, rules: 'anything', reader: 'own' });
    }
    return found;
}
function isOfAnyLoop(name, { role }) {
    return name !== SCALER_FILE && role !== 'model';
}
function given(table, name) {
    return table.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
function isPassedOver(folder, { role }) {
    const hasZero = [folder, ...folder.folders.values()].some(isZeroTag);
    if (role === 'optimizer')
        return hasZero || !folder.files.has('scheduler.pt');
    if (role !== 'scheduler' || hasZero)
        return false;
    const hasOptimizer = folder.files.has('optimizer.pt') ||
        folder.files.has(ACCELERATE_OPTIMIZER) ||
        [...folder.folders.keys()].some((name) => name.includes('optimizer'));
    return !hasOptimizer;
}

;// CONCATENATED MODULE: ./lib/core/layout/training-state.js








const stateFilesOf = oncePer((checkpoint) => {
    const { folder } = checkpoint;
    if (folder === null)
        return [];
    return [...stateUsesIn(folder)].flatMap(([name, use]) => {
        const file = checkpoint.fileNamed(name);
        const isWeights = checkpoint.loose.some((one) => one.file.name === name);
        return file === null || isWeights
            ? []
            : [
                {
                    ...use,
                    file,
                    reading: memoise(() => readState(file, use, areHeadersRead(checkpoint))),
                },
            ];
    });
});
function isStateRead(checkpoint) {
    return (checkpoint.medium.transferMaxBytes === undefined ||
        hasSmallStates(checkpoint) ||
        newestWithState(checkpoint) === checkpoint);
}
const hasSmallStates = oncePerRun((checkpoints) => {
    const files = checkpoints.flatMap(stateFilesOf);
    const total = files.reduce((sum, { file }) => sum + file.sizeBytes, 0);
    return total <= STATES_TRANSFERRED_BYTES;
});
const newestWithState = oncePerRun((checkpoints) => checkpoints.findLast(isWholeByNames) ??
    checkpoints.findLast((one) => stateFilesOf(one).length > 0));
function isWholeByNames({ folder, isRunRoot }) {
    if (folder === null || isRunRoot)
        return false;
    const names = [...folder.files.keys()];
    return (folder.files.has(TRAINER_STATE) ||
        names.some((name) => ACCELERATE_RANDOM_STATES.test(name)));
}
function areHeadersRead(checkpoint) {
    const { transferMaxBytes, isUpload } = checkpoint.medium;
    if (transferMaxBytes !== undefined || isUpload === true)
        return false;
    return checkpoint.folder === null
        ? newestAlone(checkpoint).includes(checkpoint)
        : newestWithState(checkpoint) === checkpoint;
}
const newestAlone = oncePerRun((checkpoints) => {
    const alone = checkpoints.filter(({ folder }) => folder === null);
    return [alone.at(-1), alone.findLast(({ step }) => step !== null)];
});
async function findLostRecords(file) {
    const { kind } = await file.content();
    const zip = kind === 'zip' ? await file.torchZip() : null;
    if (!zip?.ok)
        return [];
    const { value } = zip;
    return (await file.read((reader) => findLostHeaders(reader, value))) ?? [];
}
async function readState(file, use, withHeaders) {
    try {
        const read = await readByContent(file, {
            rules: use.rules,
            role: roleOf(use),
        });
        if (!withHeaders || read.kind !== 'read')
            return read;
        const [record] = await findLostRecords(file);
        return record === undefined
            ? read
            : { kind: 'zip-defect', defect: { code: 'record-unreadable', record } };
    }
    finally {
        file.forget();
    }
}
function roleOf({ role, reader }) {
    if (reader === 'own')
        return 'any';
    if (role === 'random')
        return reader === 'Trainer' ? role : 'any';
    return role === 'optimizer' || role === 'scheduler' ? role : 'any';
}
async function readByContent(file, use) {
    const { kind } = await file.content();
    if (kind === 'torch-legacy')
        return readLegacy(file, use);
    if (kind !== 'zip')
        return { kind: 'foreign', content: kind };
    const zip = await file.torchZip();
    if (!zip.ok)
        return { kind: 'zip-defect', defect: zip.defect };
    const training = await file.read((reader) => readTorchTraining(reader, zip.value, use));
    return training.ok
        ? { kind: 'read', training: training.value }
        : { kind: 'pickle-defect', defect: training.defect };
}
async function readLegacy(file, { rules }) {
    const unknown = (why) => ({
        kind: 'read',
        training: unknownTraining(why),
    });
    if (rules !== 'weights-only')
        return unknown('of the legacy format only tensors are read');
    const state = await file.torchState();
    if (state === null)
        return unknown('it could not be read');
    if (!state.ok)
        return { kind: 'pickle-defect', defect: state.defect };
    return unknown(state.value.unknown ?? 'of the legacy format only tensors are read');
}

;// CONCATENATED MODULE: ./lib/core/layout/role-files.js


function stateFileOf(checkpoint, asked) {
    const found = stateFilesOf(checkpoint).find(({ role, need }) => role === asked && need === 'needed');
    return found ?? null;
}
async function isSameFile(one, other, asked) {
    const own = (await trainingIn(stateFileOf(one, asked)))?.content ?? null;
    const others = await trainingIn(stateFileOf(other, asked));
    return own !== null && own === others?.content;
}
async function trainingIn(file) {
    const read = await file?.reading();
    return read?.kind === 'read' &&
        read.training.unknown === null &&
        read.training.misfit === null
        ? read.training
        : null;
}
function predecessorOf(checkpoint, asked) {
    return predecessors[asked](checkpoint).get(checkpoint) ?? null;
}
const predecessors = {
    optimizer: oncePerRun((all) => findPredecessors(all, 'optimizer')),
    scheduler: oncePerRun((all) => findPredecessors(all, 'scheduler')),
};
function findPredecessors(checkpoints, asked) {
    const before = new Map();
    let last = null;
    for (const one of checkpoints) {
        if (one.step === null || stateFileOf(one, asked) === null)
            continue;
        if (last !== null)
            before.set(one, last);
        last = one;
    }
    return before;
}

;// CONCATENATED MODULE: ./lib/core/layout/trainer-saves.js


const trainer_saves_TRAINERS_ONLY = /^(?:rng_state(?:_\d+)?\.pth|training_args\.bin)$/;
const RNG_OF_RANK = /^rng_state_(\d{1,6})\.pth$/;
const OPTIMIZER_RANK_FILE = /^(?:rank\d+-of-\d+-optimizer\.pt|optimizer(?:_\d+)?_rank\d+\.bin)$/;
const OPTIMIZER_FOLDER = /^optimizer(?:_\d+)?$/;
const FSDP_MODEL = 'pytorch_model_fsdp';
const isTrainersRun = oncePerRun((checkpoints) => checkpoints.some(({ isStepFolder, trainerState }) => isStepFolder && trainerState !== null));
function hasTrainersOwn({ folder }) {
    return [...(folder?.files.keys() ?? [])].some((name) => trainer_saves_TRAINERS_ONLY.test(name));
}
function isTrainerSave({ isStepFolder, folder, }) {
    return isStepFolder && folder?.files.has(TRAINER_STATE) === true;
}
function isDeepSpeedSave({ folder, sharded, }) {
    return ((sharded?.zero.length ?? 0) > 0 ||
        folder?.files.has('zero_to_fp32.py') === true);
}
function isFsdpSave({ folder }) {
    const folders = [...(folder?.folders.keys() ?? [])];
    return (folder?.files.has(`${FSDP_MODEL}.bin`) === true ||
        folders.some((name) => name.includes(FSDP_MODEL)));
}
function optimizersOf({ folder, sharded, }) {
    if (folder === null)
        return [];
    const files = [...folder.files.keys()];
    const forms = [
        files.find((name) => name === 'optimizer.pt'),
        files.find((name) => name === 'optimizer.bin'),
        files.find((name) => OPTIMIZER_RANK_FILE.test(name)),
        [...folder.folders.keys()].find((name) => OPTIMIZER_FOLDER.test(name)),
        sharded?.zero[0]?.name,
    ];
    return forms.flatMap((name) => name ?? []);
}
function statePairOf(checkpoint) {
    const { folder } = checkpoint;
    const optimizer = optimizersOf(checkpoint)[0] ?? null;
    const scheduler = folder?.files.has('scheduler.pt') ? 'scheduler.pt' : null;
    const isWhole = isDeepSpeedSave(checkpoint) || (optimizer !== null && scheduler !== null);
    return { optimizer, scheduler, isWhole };
}
function rngRanksOf({ folder }) {
    const digits = [...(folder?.files.keys() ?? [])].flatMap((name) => RNG_OF_RANK.exec(name)?.[1] ?? []);
    return new Set(digits.map(Number));
}
const isStateKept = oncePerRun((checkpoints) => checkpoints.some((one) => {
    if (!one.isStepFolder)
        return false;
    const { optimizer, scheduler, isWhole } = statePairOf(one);
    return isWhole || optimizer !== null || scheduler !== null;
}));
const newestStepFolder = oncePerRun((checkpoints) => checkpoints.findLast(({ isStepFolder }) => isStepFolder));
function stepTakenInstead(subject) {
    const newest = newestStepFolder(subject);
    if (newest === undefined || newest === subject)
        return null;
    const isTaken = newest.step !== null &&
        subject.step !== null &&
        subject.step >= newest.step;
    return isTaken ? null : newest.path;
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/adapter-not-resumed.js







const DEFAULT = 'default';
const REFERENCE = 'ref';
const TENSOR_OF_DEFAULT = /(?:^|\.)default(?:\.|$)/;
const MAX_NAMES = 100;
const TAKEN_AS = 'Taken as: what resumes is the Trainer of transformers, as of 5.18, and it trains the adapter in the folder itself.';
const adapterNotResumed = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-not-resumed',
        question: 'resumes',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Adapter that a resume does not load',
        why: `A Trainer that finds adapters in subfolders takes them for all that there are. The adapter that was trained stays as the script sets it up, goes on with the optimizer of the checkpoint, and nothing is said of it. ${TAKEN_AS}`,
        fix: 'Move what a resume loads instead out of the checkpoint.',
        since: '0.1.0',
    },
    messages: {
        besideNamed: {
            text: ({ name, sizeBytes, folders, count, }) => `Training cannot go on from here as it was: a resume loads ${count === 1 ? 'the adapter in the subfolder' : `the adapters in ${formatCount(count, 'subfolder')},`} ${listNames(folders)}, and not ${name} (${formatBytes(sizeBytes)}) of the checkpoint itself.`,
            settles: true,
            fix: ({ folders, count }) => `Move ${count === 1 ? 'the subfolder' : 'the subfolders'} out of the checkpoint before the resume.${folders.includes(REFERENCE) ? ' TRL makes its `ref` anew, as a copy of the adapter that the script loads: let that be the one which the training began with.' : ''}`,
        },
        besideModel: {
            text: ({ name, sizeBytes, model, modelBytes, }) => `Training cannot go on from here as it was: a resume loads ${model} (${formatBytes(modelBytes)}), and not the adapter beside it, ${name} (${formatBytes(sizeBytes)}).`,
            settles: true,
            why: `A Trainer that finds a whole model does not look for an adapter. None of the model's tensors is named as in a model with an adapter, so that none is taken, and only warnings say so. The adapter stays as the script sets it up, and goes on with the optimizer of the checkpoint. ${TAKEN_AS}`,
            fix: ({ model }) => `Move ${model} out of the checkpoint before the resume, to a folder of its own with its configuration.`,
            loaderErrors: () => [
                'There were missing keys in the checkpoint model loaded: […]',
                'There were unexpected keys in the checkpoint model loaded: […]',
            ],
        },
    },
    async run({ subject, report }) {
        const own = subject.adapters.find(({ name }) => name === null)?.weights;
        if (own == null || !isResumedByTrainer(subject))
            return;
        const { name, sizeBytes, path } = own.file;
        const model = modelIn(subject);
        if (model !== null) {
            if (await restoresAdapter(model))
                return;
            if (!(await isOptimized(subject, own)))
                return;
            const beside = {
                model: model.file.name,
                modelBytes: model.file.sizeBytes,
            };
            report('besideModel', { name, sizeBytes, ...beside }, { path });
            return;
        }
        const folders = adapterFoldersIn(subject);
        if (folders.length === 0 || folders.includes(DEFAULT))
            return;
        const named = {
            folders: folders.slice(0, MAX_NAMES),
            count: folders.length,
        };
        report('besideNamed', { name, sizeBytes, ...named }, { path });
    },
});
function isResumedByTrainer(checkpoint) {
    return (isTrainerSave(checkpoint) &&
        isStateKept(checkpoint) &&
        !isDeepSpeedSave(checkpoint) &&
        !isFsdpSave(checkpoint));
}
function modelIn(checkpoint) {
    const file = checkpoint.fileNamed(MODEL_SAFETENSORS) ?? checkpoint.fileNamed(MODEL_BIN);
    return file === null ? null : { file, format: formatOf(file.name) };
}
async function restoresAdapter(model) {
    const tensors = await readTensorsIn(model);
    return tensors?.some(({ name }) => TENSOR_OF_DEFAULT.test(name)) === true;
}
async function isOptimized(checkpoint, adapter) {
    const training = await trainingIn(stateFileOf(checkpoint, 'optimizer'));
    const tensors = await readTensorsIn(adapter);
    const parameters = training?.optimizer?.parameters ?? Infinity;
    return tensors !== null && parameters <= tensors.length;
}
function adapterFoldersIn({ folder }) {
    return [...(folder?.folders.values() ?? [])]
        .filter(({ files }) => files.has(ADAPTER_SAFETENSORS) || files.has(ADAPTER_BIN))
        .map(({ name }) => name)
        .sort();
}

;// CONCATENATED MODULE: ./lib/core/layout/config-scale.js



const VANISHING = 1e-12;
function effectOfFactor(value) {
    if (!Number.isFinite(Math.fround(value)))
        return 'nan';
    if (Math.abs(value) < VANISHING)
        return 'nothing';
    return value < 0 ? 'subtracted' : 'fine';
}
const factor = (field) => ({
    field,
    effectOf: effectOfFactor,
});
const SCALES = new Map([
    [
        'ADALORA',
        {
            field: 'lora_alpha',
            effectOf: (value) => value > 0 ? effectOfFactor(value) : 'replaced',
        },
    ],
    ['DEFT', { field: 'alpha', effectOf: onlyNan }],
    ['FOURIERFT', factor('scaling')],
    ['GRALORA', factor('alpha')],
    ['LILY', factor('scaling')],
    ['LOHA', factor('alpha')],
    ['LOKR', factor('alpha')],
    ['LORA', factor('lora_alpha')],
    [
        'OFT',
        {
            field: 'num_cayley_neumann_terms',
            effectOf: (value) => (value > 1 ? 'fine' : 'nothing'),
            only: 'use_cayley_neumann',
        },
    ],
    ['PEANUT', factor('scaling')],
    [
        'PSOFT',
        {
            field: 'psoft_alpha',
            effectOf: (value) => (value === 0 ? 'nan' : onlyNan(value)),
        },
    ],
    ['RANDLORA', factor('randlora_alpha')],
    ['SHADOW', factor('shadow_alpha')],
    [
        'SUPERTUNING',
        {
            field: 'lora_alpha',
            effectOf: (value) => {
                const effect = effectOfFactor(value);
                return effect === 'nothing' || effect === 'subtracted'
                    ? 'part'
                    : effect;
            },
        },
    ],
    ['WAVEFT', factor('scaling')],
]);
function onlyNan(value) {
    return Number.isFinite(value) ? 'fine' : 'nan';
}
function findScaleFaults(peftType, fields, modules) {
    const pattern = readPattern(peftType, fields, modules);
    const scale = findScale(peftType, fields);
    const isOverruled = pattern.uncovered?.length === 0;
    return [
        ...(scale === null || isOverruled ? [] : [scale]),
        ...findPatternFaults(pattern),
    ];
}
function findScale(peftType, fields) {
    const rule = SCALES.get(peftType);
    if (rule === undefined)
        return null;
    const { field, effectOf, only } = rule;
    const node = fields.get(field);
    const condition = only === undefined ? undefined : fields.get(only);
    if (condition !== undefined && isFalsy(condition))
        return null;
    if (node === undefined)
        return effectOf === effectOfFactor ? { kind: 'unset', field } : null;
    const value = numberOf(node);
    const plain = value === null ? 'fine' : effectOf(value);
    const isPissa = (asString(fields.get('init_lora_weights')) ?? '').startsWith('pissa');
    const effect = isPissa && plain === 'subtracted' ? 'nan' : plain;
    return effect === 'fine'
        ? null
        : { kind: 'value', effect, field, found: wordsOf(node) };
}
const PATTERNED = ['LOHA', 'LOKR', 'LORA'];
function readPattern(peftType, fields, modules) {
    const members = PATTERNED.includes(peftType)
        ? asObject(fields.get('alpha_pattern'))
        : null;
    const effects = new Map([...(members ?? [])].map(([name, node]) => {
        const value = numberOf(node);
        return [name, value === null ? 'fine' : effectOfFactor(value)];
    }));
    const items = asArray(fields.get('target_modules')) ?? [];
    const targets = items.flatMap((item) => asString(item) ?? []);
    const known = new Set(effects.keys());
    const own = known.size === 0 ? [] : [...modules];
    const paths = own.length === 0 ? targets : own;
    const sure = new Set(targets);
    for (const path of paths)
        sure.add(namingOf(path, known) ?? '');
    const isPlain = [...known].every((name) => /^[\w.]+$/.test(name));
    return {
        effects,
        sure,
        uncovered: paths.length === 0 || !isPlain
            ? null
            : paths.filter((path) => namingOf(path, known) === null),
    };
}
function findPatternFaults({ effects, sure, uncovered, }) {
    const isNothing = [...effects.values()].every((one) => one === 'nothing');
    if (effects.size > 0 && isNothing && uncovered?.length === 0)
        return [{ kind: 'pattern of all', names: [...effects.keys()] }];
    return ['nan', 'nothing', 'subtracted'].flatMap((effect) => {
        const names = [...effects.keys()].filter((name) => effects.get(name) === effect);
        if (names.length === 0)
            return [];
        const isSure = names.some((name) => sure.has(name));
        return [{ kind: 'pattern', effect, names, isSure }];
    });
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-scale-invalid.js



const VALUE_MESSAGES = {
    nan: 'notFinite',
    nothing: 'nothing',
    subtracted: 'subtracted',
    part: 'part',
    replaced: 'replaced',
};
const EFFECT_WORDS = {
    nan: 'has no finite number for what was trained',
    nothing: 'multiplies by 0 what was trained',
    subtracted: 'subtracts what was trained',
};
const adapterScaleInvalid = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-scale-invalid',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Scale of the adapter without effect or not a number',
        why: 'PEFT multiplies what was trained by it, loads the adapter without a word, and the model answers as the base, or with no number at all.',
        fix: 'Put back the value of the training: a sibling checkpoint or the training configuration has it. Save the configuration of the live model, not one rebuilt from the shapes of the tensors.',
        since: '0.1.0',
    },
    messages: {
        nothing: {
            text: ({ field, found }) => `adapter_config.json has ${field} = ${found}: nothing of what was trained reaches the output.`,
        },
        notFinite: {
            text: ({ field, found }) => `adapter_config.json has ${field} = ${found}: the output of the model is no number.`,
        },
        subtracted: {
            text: ({ field, found }) => `adapter_config.json has ${field} = ${found}: what was trained is subtracted instead of added.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'PEFT loads it without a word. Taken as: the training used a number above 0, as every trainer does.',
        },
        part: {
            text: ({ field, found }) => `adapter_config.json has ${field} = ${found}: the low-rank part of what was trained counts for nothing, or is subtracted.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'PEFT loads it without a word. Taken as: the training used a number above 0.',
        },
        replaced: {
            text: ({ field, found }) => `adapter_config.json has ${field} = ${found}, which is not above 0: PEFT takes the rank in its place.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'PEFT multiplies what was trained by it. Taken as: the training used a number above 0, as the trainers do.',
        },
        unset: {
            text: ({ field, peftType }) => `adapter_config.json does not have ${field}; PEFT takes its default for ${peftType}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'PEFT multiplies what was trained by it. Taken as: PEFT did not write this configuration, for it always writes the field, and the training may have used another value.',
        },
        patternPart: {
            text: ({ names, effect }) => `alpha_pattern ${effect} in modules named ${listNames(names)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'PEFT multiplies what was trained in a module by the value of the first name in alpha_pattern that fits it, and says nothing. Taken as: some module of the base has the name.',
        },
        patternNan: {
            text: ({ names }) => `alpha_pattern has no finite number for modules named ${listNames(names)}: the output of the model is no number.`,
        },
        patternOfAll: {
            text: ({ names }) => `alpha_pattern is 0 for every target (${listNames(names)}): nothing of what was trained reaches the output.`,
        },
    },
    async run({ subject, report }) {
        for (const adapter of subject.adapters) {
            const read = await adapter.config();
            if (!read?.ok)
                continue;
            const { peftType, fields } = read.value;
            const where = { path: adapter.configFile?.path ?? adapter.path };
            const meaning = await adapter.meaning();
            const modules = meaning?.keys.modules.keys() ?? [];
            for (const fault of findScaleFaults(peftType, fields, modules))
                switch (fault.kind) {
                    case 'value': {
                        const { field, found, effect } = fault;
                        report(VALUE_MESSAGES[effect], { field, found }, where);
                        break;
                    }
                    case 'unset':
                        report('unset', { field: fault.field, peftType }, where);
                        break;
                    case 'pattern': {
                        const names = [...fault.names];
                        if (fault.effect === 'nan' && fault.isSure)
                            report('patternNan', { names }, where);
                        else
                            report('patternPart', { names, effect: EFFECT_WORDS[fault.effect] }, where);
                        break;
                    }
                    case 'pattern of all':
                        report('patternOfAll', { names: [...fault.names] }, where);
                }
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/layout/peft/odd-shapes.js
function shown({ name, shape }) {
    return `${name} [${shape.join(', ')}]`;
}
function findOddShapes({ layers, config }) {
    if (config.hasRankPattern || config.peftType === 'ADALORA')
        return [];
    const kinds = new Map();
    for (const { module } of layers) {
        const path = module.path.replace(/\.\d+\./g, '.#.');
        for (const [suffix, tensors] of module.tensors) {
            if (suffix.includes('#'))
                continue;
            const kind = `${path}.${suffix}`;
            const shapes = kinds.get(kind) ?? new Map();
            for (const tensor of tensors) {
                const shape = `[${tensor.shape.join(', ')}]`;
                const likes = shapes.get(shape);
                if (likes === undefined)
                    shapes.set(shape, [tensor]);
                else
                    likes.push(tensor);
            }
            kinds.set(kind, shapes);
        }
    }
    return [...kinds.values()].flatMap((shapes) => {
        if (shapes.size !== 2)
            return [];
        const [few, many] = [...shapes].sort(([, left], [, right]) => left.length - right.length);
        if (few?.[1].length !== 1 || many === undefined || many[1].length < 2)
            return [];
        return [{ tensors: few[1].map(shown), expected: many[0] }];
    });
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/saved-sizes.js


const saved_sizes_WRAPPED = /^(.+)\.base_layer\.weight$/;
function wrappedMisfits({ keys, config }) {
    if (config.peftType !== 'LORA')
        return [];
    const sizes = (path, suffix) => keys.modules.get(path)?.tensors.get(suffix)?.[0]?.shape;
    return keys.whole.flatMap((tensor) => {
        const path = saved_sizes_WRAPPED.exec(tensor.name.slice(PREFIX.length))?.[1] ?? '';
        const rows = sizes(path, 'lora_B.weight')?.[0] ?? sizes(path, 'lora_embedding_A')?.[1];
        const columns = sizes(path, 'lora_A.weight')?.[1] ?? sizes(path, 'lora_embedding_B')?.[0];
        if (rows === undefined || columns === undefined)
            return [];
        const [first, second] = tensor.shape;
        return first === rows && second === columns
            ? []
            : [{ tensors: [shown(tensor)], expected: `[${rows}, ${columns}]` }];
    });
}
function scalarsIn({ keys }) {
    const tensors = [...keys.whole, ...[...keys.shared.values()].flat()].filter(({ name, shape }) => shape.length === 0 && /\.(?:weight|bias)$/.test(name));
    return tensors.length === 0
        ? []
        : [{ tensors: tensors.map(shown), expected: 'of any dimension' }];
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/prompt-sizes.js

function tokenMisfits({ keys, config }) {
    const field = 'trainable_token_indices';
    const size = asArray(config.fields.get(field))?.length;
    return keys.whole.flatMap(({ name, shape }) => size !== undefined &&
        name.endsWith('.token_adapter.trainable_tokens_delta') &&
        shape[0] !== size
        ? [{ name, shape: `[${shape.join(', ')}]`, field, size }]
        : []);
}
function promptMisfits({ keys, config }) {
    const tensor = keys.prompt.get('prompt_embeddings');
    if (tensor === undefined)
        return [];
    const number = (field) => {
        const value = asUnsigned(config.fields.get(field));
        return value === null ? null : Number(value);
    };
    const tokens = number('num_virtual_tokens');
    const width = number('token_dim');
    const depth = number('num_layers');
    const isCpt = config.peftType === 'CPT';
    const isPrefix = ['PREFIX_TUNING', 'CARTRIDGE'].includes(config.peftType);
    const listed = asArray(config.fields.get('cpt_token_ids'))?.length ?? null;
    const rows = [
        ['cpt_token_ids', isCpt ? listed : null, 0],
        ['num_virtual_tokens', isCpt ? null : tokens, 0],
        ['token_dim', isPrefix || isCpt ? null : width, 1],
    ];
    const wrong = rows.flatMap(([field, size, at]) => {
        if (size === null)
            return [];
        const times = field === 'num_virtual_tokens' ? modulesOf(config.fields) : 1;
        const found = tensor.shape[at];
        return found === size || found === size * times ? [] : [{ field, size }];
    });
    const isSplit = isPrefix && depth !== null && (tensor.shape[1] ?? 0) % (2 * depth) !== 0;
    if (isSplit)
        wrong.push({ field: 'num_layers', size: depth });
    return wrong.map((one) => ({
        name: tensor.name,
        shape: `[${tensor.shape.join(', ')}]`,
        ...one,
    }));
}
const TASK_TABLES = [
    ['prefix_task_cols', ['num_tasks', 'num_virtual_tokens', 'num_ranks']],
    ['prefix_task_rows', ['num_tasks', 'num_ranks', 'token_dim']],
];
function taskMisfits({ keys, config }) {
    return TASK_TABLES.flatMap(([name, fields]) => {
        const tensor = keys.prompt.get(name);
        return fields.flatMap((field, at) => {
            const value = asUnsigned(config.fields.get(field));
            if (tensor === undefined || value === null)
                return [];
            const size = Number(value);
            const times = field === 'num_virtual_tokens' ? modulesOf(config.fields) : 1;
            const found = tensor.shape.length === fields.length && tensor.shape[at];
            return found === size || found === size * times
                ? []
                : [{ name, shape: `[${tensor.shape.join(', ')}]`, field, size }];
        });
    });
}
function modulesOf(fields) {
    const modules = asUnsigned(fields.get('num_transformer_submodules'));
    return modules === null ? 1 : Number(modules);
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/tied.js



const tiedIn = oncePer((meaning) => {
    const { rule, keys, config } = meaning;
    const lastOf = new Map();
    const shared = new Set();
    for (const [suffix, field] of rule.tied) {
        const stride = field === null ? Infinity : (numberOf(config.fields.get(field)) ?? 1);
        const kinds = new Map();
        for (const { path, tensors } of keys.modules.values()) {
            const [tensor] = tensors.get(suffix) ?? [];
            if (tensor === undefined)
                continue;
            const layer = layerOf(path) ?? 0;
            const kind = kindOf(path);
            const own = kinds.get(kind);
            if (own === undefined)
                kinds.set(kind, [{ layer, tensor }]);
            else
                own.push({ layer, tensor });
        }
        for (const [kind, own] of kinds) {
            if (!(stride > 1))
                continue;
            if (stride === Infinity)
                shared.add(`${suffix} ${kind}`);
            own.sort((left, right) => left.layer - right.layer);
            for (const [at, { tensor }] of own.entries()) {
                const end = at - (at % Math.min(stride, own.length)) + stride;
                const last = own[Math.min(end, own.length) - 1]?.tensor.name;
                if (last !== undefined)
                    lastOf.set(tensor.name, last);
            }
        }
    }
    return { lastOf, shared };
});
function kindOf(path) {
    const layer = layerOf(path);
    return layer === null ? path : path.replace(`.${layer}.`, '.#.');
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/whole-numbers.js

const WHOLE_NUMBERS = /^(?:BOOL|[IU]\d+)$/;
const COUNTS = /indices|size/;
const SAVED = /\.(?:weight|bias|trainable_tokens_delta)$/;
function wholeNumbers(meaning) {
    const { keys } = meaning;
    const { lastOf } = tiedIn(meaning);
    const tensors = [];
    const dtypes = new Set();
    const note = ({ name, dtype }) => {
        const isLast = (lastOf.get(name) ?? name) === name;
        if (dtype === null || !WHOLE_NUMBERS.test(dtype) || !isLast)
            return;
        tensors.push(name);
        dtypes.add(dtype);
    };
    const noteAll = (own) => {
        for (const [suffix, some] of own)
            if (!COUNTS.test(suffix))
                some.forEach(note);
    };
    for (const module of keys.modules.values())
        noteAll(module.tensors);
    noteAll(keys.shared);
    for (const one of keys.prompt.values())
        note(one);
    for (const one of keys.whole)
        if (SAVED.test(one.name))
            note(one);
    return { tensors, dtypes: [...dtypes] };
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/wrong-ranks.js
const RANKS_APART = 3;
function joinRanks(wrong) {
    return {
        tensors: wrong.flatMap(({ tensors }) => tensors),
        ranks: wrong.map(({ rank }) => rank),
        found: [...new Set(wrong.flatMap(({ found }) => found))],
    };
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-shape-mismatch.js













const RAISED = [
    'RuntimeError: Error(s) in loading state_dict',
    'size mismatch for …: copying a param with shape … from checkpoint, the shape in current model is …',
];
const judged = oncePer((meaning) => ({
    ...misshapen(meaning),
    derived: underived(meaning),
    saved: [...wrappedMisfits(meaning), ...scalarsIn(meaning)],
    whole: wholeNumbers(meaning),
    prompts: [
        ...promptMisfits(meaning),
        ...taskMisfits(meaning),
        ...tokenMisfits(meaning),
    ],
    odd: findOddShapes(meaning),
}));
const adapterShapeMismatch = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-shape-mismatch',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Shapes of an adapter that do not fit',
        why: 'PEFT builds the parameters as the configuration says and refuses a tensor of another shape.',
        fix: 'Put the configuration and the weights of one save together; where the weights were sharded, gather them before saving.',
        since: '0.1.0',
    },
    messages: {
        rank: {
            text: ({ tensors, rank, found, }) => `The configuration gives ${formatCount(tensors.length, 'module')} rank ${formatNumber(rank)}, the tensors have ${listNames(found.map(formatNumber))}: ${listNames(tensors)}.`,
            loaderErrors: () => RAISED,
        },
        ranks: {
            text: ({ tensors, ranks, found }) => `The configuration gives ${formatCount(tensors.length, 'module')} ${formatNumber(ranks.length)} different ranks (${listNames(ranks.map(formatNumber))}), the tensors have others (${listNames(found.map(formatNumber))}): ${listNames(tensors)}.`,
            loaderErrors: () => RAISED,
        },
        shape: {
            text: ({ tensors, all, expected, }) => `In ${formatNumber(tensors.length)} of ${formatCount(all, 'module')} a tensor is of another shape than ${expected} and the others of its module allow: ${listNames(tensors)}.`,
            loaderErrors: () => RAISED,
        },
        derived: {
            text: ({ tensors, all, expected, }) => `In ${formatNumber(tensors.length)} of ${formatCount(all, 'module')} a tensor is not as PEFT works it out of the configuration and the size of the module (${expected}): ${listNames(tensors)}.`,
            loaderErrors: () => RAISED,
        },
        saved: {
            text: ({ tensors, expected }) => `${formatCount(tensors.length, 'tensor')} of ${tensors.length === 1 ? 'a module that is' : 'modules that are'} saved whole ${tensors.length === 1 ? 'is' : 'are'} not ${expected}: ${listNames(tensors)}.`,
            loaderErrors: () => RAISED,
        },
        prompt: {
            text: ({ name, shape, field, size, }) => `${name} is ${shape}, and the configuration says ${field} ${formatNumber(size)}.`,
            loaderErrors: () => RAISED,
        },
        dtype: {
            text: ({ tensors, dtypes, all, }) => `${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} stored as ${joinWords(dtypes)}: ${listNames(tensors)}.`,
            why: 'Parameters of an adapter are fractions. PEFT takes the file, and what is left of them as whole numbers is not what was trained.',
            fix: 'Save the adapter as the training held it, in a floating-point type. PEFT knows no quantised adapters.',
        },
        odd: {
            text: ({ tensors, expected }) => `One of its likes in other layers has another shape than the rest, which are ${expected}: ${listNames(tensors)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Taken as: the layers of the base are alike. PEFT refuses a tensor whose shape is not that of its module.',
            loaderErrors: () => RAISED,
        },
    },
    async run({ subject, report }) {
        for (const adapter of subject.adapters) {
            const meaning = await adapter.meaning();
            if (meaning === null)
                continue;
            const path = { path: adapter.weights?.file.path ?? adapter.path };
            const { ranks, shapes, derived, saved, whole, prompts, odd } = judged(meaning);
            if (ranks.length > RANKS_APART)
                report('ranks', joinRanks(ranks), path);
            else
                for (const data of ranks)
                    report('rank', data, path);
            for (const data of shapes)
                report('shape', { ...data, all: meaning.layers.length }, path);
            for (const data of derived)
                report('derived', { ...data, all: meaning.layers.length }, path);
            for (const data of saved)
                report('saved', data, path);
            if (whole.tensors.length > 0)
                report('dtype', { ...whole, all: meaning.tensors.length }, path);
            for (const data of prompts)
                report('prompt', data, path);
            if (ranks.length + shapes.length > 0)
                continue;
            for (const data of odd)
                report('odd', data, path);
        }
    },
});
function misshapen(meaning) {
    const ranks = new Map();
    const shapes = new Map();
    const lettersIn = lettersOf(meaning);
    const { rule, keys } = meaning;
    const whole = findMisshapen(rule.shared, keys.shared, lettersIn(''));
    for (const wrong of [
        ...(whole === null ? [] : [{ wrong: whole, rank: null }]),
        ...(isInBlocks(meaning.config.fields) ? [] : meaning.layers).flatMap(({ module, set }) => {
            const known = lettersIn(module.path);
            const one = findMisshapen(set, module.tensors, known);
            return one === null || one.tensor.shape.includes(0)
                ? []
                : [{ wrong: one, rank: known.get('r') ?? null }];
        }),
    ]) {
        const { wrong: one, rank } = wrong;
        if (one.letter === 'r' && rank !== null && one.size === rank) {
            const known = ranks.get(rank) ?? { tensors: [], rank, found: [] };
            known.tensors.push(shown(one.tensor));
            const size = rankFound(one);
            if (size !== null && !known.found.includes(size))
                known.found.push(size);
            ranks.set(rank, known);
        }
        else {
            const { expected } = one;
            const known = shapes.get(expected) ?? { tensors: [], expected };
            known.tensors.push(shown(one.tensor));
            shapes.set(expected, known);
        }
    }
    return { ranks: [...ranks.values()], shapes: [...shapes.values()] };
}
function underived({ rule, layers, config }) {
    const { sizes } = rule;
    const groups = new Map();
    if (sizes === null)
        return [];
    for (const { module } of layers) {
        const odd = sizes(module, config.fields);
        if (odd === null || odd.tensor.shape.includes(0))
            continue;
        const known = groups.get(odd.expected);
        if (known === undefined)
            groups.set(odd.expected, [shown(odd.tensor)]);
        else
            known.push(shown(odd.tensor));
    }
    return [...groups].map(([expected, tensors]) => ({ expected, tensors }));
}
function adapter_shape_mismatch_sizesIn({ rule, config }) {
    const sizes = new Map();
    for (const [letter, text] of Object.entries(rule.fields)) {
        const [field = '', byDefault] = text.split('=');
        const node = config.fields.get(field);
        const size = node === undefined && byDefault !== undefined
            ? Number(byDefault)
            : sizeIn(node);
        const pattern = config.fields.get(`${field}_pattern`);
        const hasPattern = pattern?.kind === 'object' && pattern.entries.length > 0;
        if (size !== null && !hasPattern)
            sizes.set(letter, size);
    }
    return sizes;
}
function sizeIn(node) {
    const length = asArray(node)?.length;
    const number = Number(asUnsigned(node) ?? 0);
    return length ?? (number === 0 ? null : number);
}
function lettersOf(meaning) {
    const fields = adapter_shape_mismatch_sizesIn(meaning);
    const expectedRank = expectedRanks(meaning);
    const byRank = new Map([
        [null, fields],
    ]);
    return (path) => {
        const rank = expectedRank(path);
        const known = byRank.get(rank) ?? new Map(fields).set('r', rank ?? 0);
        byRank.set(rank, known);
        return known;
    };
}
function rankFound({ tensor, expected }) {
    const at = expected.slice(1, -1).split(', ').indexOf('r');
    return tensor.shape[at] ?? null;
}
const OTHER_RANKS = [
    'use_bdlora',
    'monteclora_config',
    'arrow_config',
    'megatron_config',
];
function expectedRanks({ rule: { defaultRank, hasRankPattern }, config: { fields }, }) {
    const isSet = (field) => {
        const node = fields.get(field);
        return node !== undefined && node.kind !== 'null' && !isFalse(node);
    };
    if (defaultRank === null || OTHER_RANKS.some(isSet))
        return () => null;
    const parents = (namesIn(fields.get('target_parameters')) ?? []).map((name) => `.${parentOf(name)}`);
    return (path) => {
        const own = withoutWrappers(path);
        if (parents.some((parent) => `.${own}`.endsWith(parent)))
            return null;
        return hasRankPattern
            ? rankOf(fields, own, defaultRank)
            : rankIn(fields, defaultRank);
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/row-slice.js
const MAX_PARTS = 4096;
function findSlice(own, whole) {
    if (own.length !== whole.size)
        return null;
    const pairs = [];
    for (const { name, shape } of own) {
        const there = whole.get(name)?.shape;
        if (there === undefined || !hasSameColumns(shape, there))
            return null;
        pairs.push({ name, found: shape, whole: there });
    }
    const fewer = pairs.filter((one) => rows(one.found) < rows(one.whole));
    const [first] = fewer;
    if (first === undefined || fewer.length < 2)
        return null;
    const parts = partsOf(pairs);
    if (parts === null)
        return null;
    return {
        tensors: fewer.length,
        parts,
        tensor: first.name,
        found: [...first.found],
        whole: [...first.whole],
    };
}
function rows(shape) {
    return shape[0] ?? 1;
}
function hasSameColumns(left, right) {
    return (left.length === right.length &&
        left.every((length, at) => at === 0 || length === right[at]));
}
function partsOf(pairs) {
    let least = 2;
    let most = MAX_PARTS;
    for (const pair of pairs) {
        const found = rows(pair.found);
        const whole = rows(pair.whole);
        if (found === 0 && whole > 0)
            return null;
        if (found > 0)
            least = Math.max(least, Math.ceil(whole / found));
        if (found > 1)
            most = Math.min(most, Math.ceil(whole / (found - 1)) - 1);
    }
    return least <= most ? least : null;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-sliced.js




const adapterSliced = defineCheck({
    altitude: 'run',
    meta: {
        id: 'adapter-sliced',
        question: 'loads',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Adapter holds the slice of one process',
        why: 'FSDP splits every tensor by its rows. A process that saves without gathering them writes its own part: PEFT refuses the shapes, and a run that resumes from it has lost the rest. Taken as: the run did not change its adapter between the two.',
        fix: 'Gather the tensors before they are saved: accelerate with huggingface/accelerate#4206, or SHARDED_STATE_DICT and a conversion. Use the sibling until then.',
        since: '0.1.0',
    },
    messages: {
        slice: {
            text: ({ tensors, parts, sibling, tensor, found, whole }) => `${sliceWords(tensors, parts, sibling)}: ${tensor} is [${found.join(', ')}], there [${whole.join(', ')}].`,
        },
        refused: {
            text: ({ tensors, parts, sibling, tensor, found, whole }) => `${sliceWords(tensors, parts, sibling)}, and no longer fit one another: ${tensor} is [${found.join(', ')}], there [${whole.join(', ')}].`,
            severity: 'error',
            confidence: 'proven',
            loaderErrors: () => [
                'RuntimeError: Error(s) in loading state_dict for …',
            ],
        },
    },
    async run({ subject, report }) {
        for (const group of groupsOf(subject)) {
            const largest = group.reduce((most, one) => one.weights.file.sizeBytes > most.weights.file.sizeBytes ? one : most);
            const { sizeBytes } = largest.weights.file;
            const smaller = group.filter(({ weights: { file } }) => file.sizeBytes < sizeBytes);
            if (smaller.length === 0)
                continue;
            const tensors = await tensorsOf(largest.weights);
            if (tensors === null)
                continue;
            const whole = adapter_sliced_byName(tensors);
            for (const { checkpoint, weights } of smaller) {
                const own = await tensorsOf(weights);
                const slice = own === null ? null : findSlice(own, whole);
                if (slice === null)
                    continue;
                report(own !== null && hasTornPair(own) ? 'refused' : 'slice', { ...slice, sibling: largest.checkpoint }, { path: weights.file.path, checkpoint });
            }
        }
    },
});
function sliceWords(tensors, parts, sibling) {
    return `${formatCount(tensors, 'tensor has', 'tensors have')} 1/${formatNumber(parts)} of the rows that ${sibling} has`;
}
function hasTornPair(tensors) {
    const named = adapter_sliced_byName(tensors);
    return tensors.some(({ name, shape: [rank] }) => {
        const other = named.get(name.replace(/\.lora_A\.weight$/, '.lora_B.weight'));
        return other?.name !== name && other?.shape.length === 2
            ? other.shape[1] !== rank
            : false;
    });
}
function groupsOf({ checkpoints }) {
    const groups = new Map();
    for (const { path, adapters } of checkpoints)
        for (const adapter of adapters) {
            if (adapter.weights === null)
                continue;
            const key = keyOf(adapter);
            const group = groups.get(key) ?? [];
            group.push({ checkpoint: path, weights: adapter.weights });
            groups.set(key, group);
        }
    return groups.values();
}
function keyOf({ name, weights }) {
    return `${name ?? ''}/${weights?.file.name ?? ''}`;
}
async function tensorsOf(weights) {
    const tensors = await readTensorsIn(weights);
    weights.file.forget();
    return tensors;
}
function adapter_sliced_byName(tensors) {
    const named = new Map();
    for (const one of tensors)
        named.set(one.name, one);
    return named;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-switch-not-boolean.js



const SWITCHES = new Set([
    'apply_GS',
    'block_share',
    'coft',
    'enable_softmax',
    'enable_softmax_topk',
    'fan_in_fan_out',
    'layerwise_scalings',
    'lora_bias',
    'para',
    'prefix_projection',
    'proportional_parameters',
    'psoft_mag_a',
    'psoft_mag_b',
    'psoft_orth',
    'sample_at_inference',
    'save_projection',
    'sparse',
    'use_cayley_neumann',
    'use_dora',
    'use_effective_conv2d',
    'use_idwt',
    'use_qalora',
    'use_rslora',
    'very_sparse',
]);
const adapterSwitchNotBoolean = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-switch-not-boolean',
        question: 'loads',
        severity: 'warning',
        confidence: 'inferred',
        title: 'A switch of the adapter is neither true nor false',
        why: 'Python takes any text for true, "false" too, and any number but 0, so the adapter may load with a switch on that the training had off. Taken as: PEFT did not write the field, for it writes true or false.',
        fix: 'Write true or false without quotes, as the training had it, or save the configuration of the live model again.',
        since: '0.1.0',
    },
    messages: {
        takenForTrue: {
            text: ({ fields }) => `adapter_config.json has ${listNames(fields)}, which PEFT takes for true.`,
        },
    },
    async run({ subject, report }) {
        for (const adapter of subject.adapters) {
            const config = await adapter.config();
            if (!config?.ok || !config.value.isKnownType)
                continue;
            const fields = [...config.value.fields].flatMap(([field, node]) => SWITCHES.has(field) && isOnByChance(node)
                ? `${field} = ${wordsOf(node)}`
                : []);
            if (fields.length === 0)
                continue;
            report('takenForTrue', { fields }, { path: adapter.configFile?.path ?? adapter.path });
        }
    },
});
function isOnByChance(node) {
    return !isFalsy(node) && numberOf(node) !== 1;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-task-unset.js

const NEEDS_TASK = [
    'CARTRIDGE',
    'MULTITASK_PROMPT_TUNING',
    'POLY',
    'PREFIX_TUNING',
    'PROMPT_TUNING',
    'P_TUNING',
];
const adapterTaskUnset = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-task-unset',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Adapter that needs a task has none',
        why: 'The classes of a task (PeftModelForCausalLM and its like) put the trained prompts before the input. Without task_type PEFT takes a class that does not, says nothing, and the model answers as the base.',
        fix: 'Put back the task_type of the training, such as "CAUSAL_LM".',
        since: '0.1.0',
    },
    messages: {
        unused: {
            text: ({ peftType }) => `adapter_config.json has no task_type, without which PEFT does not use a ${peftType} adapter.`,
        },
    },
    async run({ subject, report }) {
        for (const adapter of subject.adapters) {
            const config = await adapter.config();
            if (!config?.ok)
                continue;
            const { peftType, fields } = config.value;
            const task = fields.get('task_type')?.kind ?? 'null';
            if (task !== 'null' || !NEEDS_TASK.includes(peftType))
                continue;
            report('unused', { peftType }, { path: adapter.configFile?.path ?? adapter.path });
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/layout/peft/lacking.js



function partners(meaning) {
    const { rule, layers, config } = meaning;
    const switched = rule.switched.filter(({ field, isOnByDefault }) => {
        const node = config.fields.get(field);
        return node === undefined
            ? isOnByDefault
            : node.kind === 'boolean' && node.value;
    });
    const recomputed = recomputedOf(meaning);
    const astray = astrayIn(meaning, recomputed);
    const lacking = new Map();
    const note = (parameters, module, isAddend) => {
        if (parameters.length === 0)
            return;
        const key = `${isAddend} ${parameters.join()}`;
        const known = lacking.get(key) ?? { parameters, modules: [], isAddend };
        known.modules.push(module);
        lacking.set(key, known);
    };
    const { shared } = tiedIn(meaning);
    const isShared = (suffix, path) => shared.size > 0 && shared.has(`${suffix} ${kindOf(path)}`);
    for (const { module, set } of layers) {
        if (astray.has(module.path))
            continue;
        const absent = absentOf(set, module.tensors)
            .map(({ suffix }) => suffix)
            .filter((suffix) => !recomputed.has(suffix) && !isShared(suffix, module.path));
        for (const own of rule.together)
            if (own.some((suffix) => module.tensors.has(suffix)))
                absent.push(...own.filter((suffix) => !module.tensors.has(suffix)));
        absent.push(...fewerThanOthers(set, module.tensors));
        const off = switched.filter(({ suffix }) => !module.tensors.has(suffix));
        const namesOf = (isAddend) => off.flatMap((one) => (one.isAddend === isAddend ? [one.suffix] : []));
        note([...absent, ...namesOf(false)], module.path, false);
        note(namesOf(true), module.path, true);
    }
    return [...lacking.values()].map(({ isAddend, ...one }) => [
        isAddend ? 'addend' : 'partner',
        { ...one, all: layers.length },
    ]);
}
function recomputedOf({ rule, config }) {
    const init = asString(config.fields.get('init_lora_weights'));
    const isMica = init?.toLowerCase() === 'mica';
    return new Set([...rule.recomputed, ...(isMica ? ['lora_B.weight'] : [])]);
}
function astrayIn({ layers }, recomputed) {
    if (recomputed.size === 0)
        return new Set();
    const isAlone = ({ tensors }) => [...tensors.keys()].every((suffix) => recomputed.has(suffix));
    const alone = layers.flatMap(({ module }) => isAlone(module) ? module.path : []);
    const kinds = new Set(layers.flatMap(({ module }) => isAlone(module) ? [] : kindOf(module.path)));
    return new Set(kinds.size === 0 ? [] : alone.filter((path) => !kinds.has(kindOf(path))));
}
function fewerThanOthers({ required }, tensors) {
    const counts = required.flatMap(({ suffix }) => {
        const count = tensors.get(suffix)?.length ?? 0;
        return suffix.endsWith('.#') && count > 0 ? [{ suffix, count }] : [];
    });
    const most = Math.max(...counts.map(({ count }) => count));
    return counts.flatMap(({ suffix, count }) => (count < most ? [suffix] : []));
}
function absentOfWhole({ rule, keys, config }) {
    const prompt = rule.prompt
        .map(({ suffix }) => suffix)
        .filter((suffix) => !keys.prompt.has(suffix));
    const wanted = rule.sharedSwitch
        ? config.fields.get(rule.sharedSwitch)
        : undefined;
    const isOff = wanted?.kind === 'boolean' && !wanted.value;
    const required = rule.shared.required.map(({ suffix }) => suffix);
    const absent = required.filter((suffix) => !keys.shared.has(suffix));
    const isMade = required.some((suffix) => suffix.endsWith('…')) &&
        absent.length < required.length;
    const tables = isOff || isMade ? [] : absent;
    const isForeign = keys.modules.size + keys.shared.size === 0;
    return { prompt, tables: isForeign ? [] : tables };
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/unmet-targets.js



function targetsInVain({ config, keys, layers, }) {
    if (layers.length === 0)
        return [];
    const targets = namesIn(config.fields.get('target_modules')) ?? [];
    const parameters = namesIn(config.fields.get('target_parameters')) ?? [];
    const saved = new Set(namesIn(config.fields.get('modules_to_save')));
    const paths = [...keys.modules.keys()].map(withoutWrappers);
    const found = namesOfAny(paths, new Set([...targets, ...parameters.map(parentOf)]));
    const isNone = (name) => name !== '' && !found.has(name);
    const isExcluded = exclusion(config, paths);
    return [
        ...targets.filter((one) => isNone(one) && !saved.has(one) && !isExcluded(one)),
        ...parameters.filter((one) => isNone(parentOf(one))),
    ];
}
function exclusion({ fields }, paths) {
    const node = fields.get('exclude_modules') ?? NULL;
    const names = new Set(namesIn(node));
    if (isFalsy(node))
        return () => false;
    if (names.size === 0)
        return () => true;
    const folders = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('.') + 1)));
    return (target) => [...folders].every((folder) => isNamedBy(`${folder}${target}`, names));
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/adapter-tensors-missing.js











const adapter_tensors_missing_SEEN = 'UserWarning: Found missing adapter keys while loading the checkpoint';
function adapter_tensors_missing_share({ parameters, modules, all }) {
    return `${joinWords(parameters)} ${parameters.length === 1 ? 'is' : 'are'} missing in ${formatNumber(modules.length)} of ${formatCount(all, 'module')}`;
}
const promise = ({ names }) => `The configuration says that ${joinWords(names)} ${names.length === 1 ? 'is' : 'are'} saved with the adapter, and no tensor of the name is there.`;
const PROMISE_FIX = 'Save again through save_pretrained, which takes these modules along; if they were not trained, take them out of the configuration.';
const lackingIn = oncePer((meaning) => {
    const { fields } = meaning.config;
    const isTargeted = targeting(fields);
    const isUnknown = isTargeted === null && isByPattern(fields);
    return {
        halves: partners(meaning),
        ...absentOfWhole(meaning),
        promised: promisedInVain(meaning),
        gaps: [
            ...findGaps(meaning.keys.modules.keys(), isTargeted ?? (() => false), isTargeted ?? (() => !isUnknown)).filter(({ isWholeLayer }) => !(isWholeLayer && choosesLayers(meaning))),
            ...biasGaps(meaning),
        ],
        targets: targetsInVain(meaning),
        linear: fewLinear(meaning),
        last: lastLayer(meaning),
    };
});
const adapterTensorsMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'adapter-tensors-missing',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Tensors of an adapter missing',
        why: 'PEFT loads what is there, and what is not stays as it was before training, with a warning at most.',
        fix: 'Save again through model.save_pretrained(folder), with all ranks taking part where the weights are sharded.',
        since: '0.1.0',
    },
    messages: {
        partner: {
            text: (lack) => `${adapter_tensors_missing_share(lack)}, which have the other half: ${listNames(lack.modules)}.`,
            why: 'PEFT saves the parameters of a module together. What is missing stays as it was before training, so that the module has no effect or another than it was trained for.',
            loaderErrors: () => [adapter_tensors_missing_SEEN],
        },
        addend: {
            text: (lack) => `${adapter_tensors_missing_share(lack)}, and the configuration asks for ${lack.parameters.length === 1 ? 'it' : 'them'}: ${listNames(lack.modules)}.`,
            severity: 'warning',
            why: 'PEFT leaves what is missing at 0, where training starts.',
            loaderErrors: () => [adapter_tensors_missing_SEEN],
        },
        table: {
            text: ({ names }) => `The tables that all modules share are missing: ${joinWords(names)}.`,
            loaderErrors: ({ names: [name = ''] }) => [
                `ValueError: Specified to load ${name} from state dictionary however they were not present!`,
            ],
        },
        prompt: {
            text: ({ names }) => `The soft prompt is missing: no tensor is named ${joinWords(names)}.`,
            loaderErrors: ({ names: [name = ''] }) => [`KeyError: '${name}'`],
        },
        promised: {
            text: promise,
            why: 'PEFT asks for each tensor of such a module and refuses the adapter.',
            fix: PROMISE_FIX,
            loaderErrors: ({ names: [name = ''] }) => [
                `KeyError: 'base_model.model.${name}.weight'`,
            ],
        },
        perhaps: {
            text: promise,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Where the base has a module of that name, PEFT asks for each of its tensors and refuses the adapter. Taken as: it has one.',
            fix: PROMISE_FIX,
        },
        gap: {
            text: ({ kind, layers }) => `${layers.length === 1 ? 'Layer' : 'Layers'} ${joinWords(layers.map(String))} of ${kind} ${layers.length === 1 ? 'has' : 'have'} no tensor, the others have.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'PEFT puts an adapter on that layer as well, which stays as it was before training. Taken as: the layers of the base are alike.',
            loaderErrors: () => [adapter_tensors_missing_SEEN],
        },
        replicated: {
            text: ({ layers, last }) => `layer_replication makes a model of ${formatCount(layers, 'layer')}, and the last layer with a tensor is number ${formatNumber(last)}, counted from 0.`,
            severity: 'warning',
            why: 'PEFT copies the layers of the base so and puts an adapter on each of them; those without tensors stay as they were before training.',
            fix: 'Put the configuration and the weights of one save together.',
            loaderErrors: () => [adapter_tensors_missing_SEEN],
        },
        promptLayers: {
            text: ({ modules, layers }) => `adapter_layers says ${formatNumber(layers)}, and ${formatCount(modules, 'module')} ${modules === 1 ? 'has' : 'have'} a prompt.`,
            severity: 'warning',
            why: 'PEFT puts a prompt on so many layers of the base, the last ones. Prompts that are missing stay as they were before training, and those of other layers are left out.',
            fix: 'Put the configuration and the weights of one save together.',
        },
        linear: {
            text: ({ kinds }) => `target_modules is all-linear, and the layers have tensors of ${listNames(kinds)} alone.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'PEFT puts an adapter on every linear module of the base; those without tensors stay as they were before training. Taken as: a layer has four linear modules at least.',
            fix: 'Put the configuration and the weights of one save together.',
            loaderErrors: () => [adapter_tensors_missing_SEEN],
        },
        target: {
            text: ({ targets }) => `target_modules names ${joinWords(targets)}, and the file has no tensor for it.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Where the base has a module of that name, PEFT puts an adapter on it, which stays as it was before training. Taken as: the base has one.',
            loaderErrors: () => [adapter_tensors_missing_SEEN],
        },
    },
    async run({ subject, report }) {
        for (const adapter of subject.adapters) {
            const meaning = await adapter.meaning();
            if (meaning === null)
                continue;
            const path = { path: adapter.weights?.file.path ?? adapter.path };
            const { halves, prompt, tables, promised, gaps, targets, linear, last } = lackingIn(meaning);
            for (const [message, one] of halves)
                report(message, one, path);
            if (prompt.length > 0)
                report('prompt', { names: prompt }, path);
            if (tables.length > 0)
                report('table', { names: tables }, path);
            const { names, isSure } = promised;
            if (names.length > 0)
                report(isSure ? 'promised' : 'perhaps', { names: [...names] }, path);
            const prompts = promptLayers(meaning);
            if (prompts !== null)
                report('promptLayers', prompts, path);
            if (isGapless(meaning))
                continue;
            for (const { kind, layers } of gaps.slice(0, GAPS_SHOWN))
                report('gap', { kind, layers: [...layers] }, path);
            const layers = replicatedLayers(meaning);
            if (layers !== null && last !== null && last + 1 < layers)
                report('replicated', { layers, last }, path);
            if (targets.length > 0)
                report('target', { targets }, path);
            if (linear.length > 0)
                report('linear', { kinds: linear }, path);
        }
    },
});
const GAPS_SHOWN = 3;
function promptLayers({ config, keys }) {
    const layers = Number(asUnsigned(config.fields.get('adapter_layers')) ?? 0);
    const modules = keys.modules.size;
    return config.peftType === 'ADAPTION_PROMPT' &&
        layers !== modules &&
        modules > 0
        ? { modules, layers }
        : null;
}
function replicatedLayers({ config }) {
    const ranges = asArray(config.fields.get('layer_replication'));
    if (ranges === null || ranges.length === 0)
        return null;
    return ranges.reduce((sum, range) => {
        const [begin, end] = (asArray(range) ?? []).map(asUnsigned);
        return sum + Number(end ?? 0n) - Number(begin ?? 0n);
    }, 0);
}
function lastLayer({ keys }) {
    let last = null;
    for (const path of keys.modules.keys()) {
        const layer = layerOf(path);
        if (layer !== null && layer > (last ?? -1))
            last = layer;
    }
    return last;
}
function isGapless({ config, keys }) {
    return config.peftType === 'ADAPTION_PROMPT' || keys.modules.size === 0;
}
function choosesLayers({ config: { fields } }) {
    const layers = fields.get('layers_to_transform') ?? NULL;
    const isOfParametersAlone = isFalsy(fields.get('target_modules') ?? NULL) &&
        !isFalsy(fields.get('target_parameters') ?? NULL);
    return layers.kind !== 'null' && !isOfParametersAlone;
}
function biasGaps({ keys }) {
    const biases = keys.whole.flatMap(({ name }) => name.startsWith(PREFIX) && name.endsWith('.bias')
        ? [name.slice(PREFIX.length)]
        : []);
    return biases.length === 0
        ? []
        : findGaps([...keys.modules.keys(), ...biases], (path) => path.endsWith('.bias')).filter(({ isWholeLayer }) => !isWholeLayer);
}

;// CONCATENATED MODULE: ./lib/core/layout/learning-rates.js
async function readLoggedRates({ trainerState }, after = -Infinity) {
    const brief = await trainerState?.brief();
    if (trainerState === null || !brief?.ok)
        return 'none';
    const { log } = brief.value;
    const early = ratesIn(log.last === null ? log.entries : [...log.entries, log.last], after);
    if (log.isWhole || early === 'above zero')
        return early;
    const whole = await trainerState.whole();
    return whole.ok ? ratesIn(whole.value.log.entries, after) : 'none';
}
function ratesIn(entries, after) {
    const rates = entries.flatMap(({ learningRate: rate, step }) => rate === null || !Number.isFinite(rate) || isUpTo(step, after)
        ? []
        : [rate]);
    if (rates.length === 0)
        return 'none';
    return rates.every((rate) => rate === 0) ? 'all zero' : 'above zero';
}
function isUpTo(step, after) {
    return step !== null && Number.isFinite(step) && step <= after;
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/neutral.js




function withoutEffect(meaning, shownOf) {
    const { rule, keys } = meaning;
    const { lastOf } = tiedIn(meaning);
    const constantOf = (tensor) => shownOf(lastOf.get(tensor) ?? tensor)?.constant ?? null;
    const pairs = rule.neutralPairs;
    if (pairs !== null) {
        const paired = [...keys.modules.values()].filter(({ tensors }) => tensors.get(pairs)?.every(({ name }) => shownOf(name)?.isPaired));
        return { modules: paired.map(({ path }) => path), shownBy: [], pairs };
    }
    const shared = [...rule.sharedNeutral, ...rule.sharedLifeless].find((one) => isNeutral(keys.shared, one, constantOf));
    if (shared !== undefined)
        return {
            modules: [...keys.modules.keys()],
            shownBy: Object.entries(shared),
            pairs: null,
        };
    const idle = [...rule.neutral, ...rule.lifeless];
    const found = [...keys.modules.values()].flatMap((module) => {
        const neutral = idle.find((one) => isNeutral(module.tensors, one, constantOf));
        return neutral === undefined ? [] : [{ module, neutral }];
    });
    const [first] = found;
    return {
        modules: found.map(({ module }) => module.path),
        shownBy: first
            ? Object.entries(first.neutral).filter(([suffix]) => first.module.tensors.has(suffix))
            : [],
        pairs: null,
    };
}
function isNeutral(tensors, neutral, constantOf) {
    let isThere = false;
    for (const suffix in neutral)
        for (const { name } of tensors.get(suffix) ?? []) {
            if (constantOf(name) !== neutral[suffix])
                return false;
            isThere = true;
        }
    return isThere;
}
const ZERO_STARTS = new Set([
    'true',
    'gaussian',
    'eva',
    'mica',
]);
function showsStart({ peftType, fields }) {
    const rule = findTypeRule(peftType);
    if (rule === null)
        return false;
    const { neutral, sharedNeutral, neutralPairs } = rule;
    if (neutral.length + sharedNeutral.length === 0 && neutralPairs === null)
        return false;
    for (const field of ['init_lora_weights', 'init_weights']) {
        const node = fields.get(field);
        if (node === undefined || node.kind === 'null')
            continue;
        const start = node.kind === 'boolean' ? String(node.value) : (asString(node) ?? '');
        if (field === 'init_weights')
            return start !== 'false';
        return ZERO_STARTS.has(start.toLowerCase());
    }
    return true;
}
const zeroAtStart = oncePer(({ rule, keys }) => {
    const starts = Object.entries({
        ...rule.neutral[0],
        ...rule.sharedNeutral[0],
    }).flatMap(([suffix, value]) => (value === 0 ? [suffix] : []));
    const modules = [...keys.modules.values()].map(({ tensors }) => tensors);
    const tensors = [...modules, keys.shared].flatMap((own) => starts.flatMap((suffix) => own.get(suffix) ?? []));
    return new Set(tensors.map(({ name }) => name));
});

;// CONCATENATED MODULE: ./lib/core/layout/file-meaning.js
async function file_meaning_meaningOf({ checkpoint, file, }) {
    const own = checkpoint.adapters.find(({ weights }) => weights?.file === file);
    return (await own?.meaning()) ?? null;
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/adapter-untrained.js





function noEffect({ length }) {
    return length === 1
        ? 'The one module has no effect'
        : `Not one of ${formatNumber(length)} modules has an effect`;
}
const adapterUntrained = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'adapter-untrained',
        question: 'trained',
        severity: 'error',
        confidence: 'proven',
        title: 'Adapter without effect: untrained, or its values lost',
        why: 'With these values the adapter adds nothing to the base model: it answers as if there were no adapter. PEFT loads it without a word.',
        fix: 'Look whether the optimizer held the adapter parameters and stepped (a learning rate above 0, requires_grad, no error swallowed in the loop), then train again.',
        since: '0.1.0',
    },
    messages: {
        all: {
            text: ({ modules, shown }) => `${noEffect(modules)}: ${shown}.`,
        },
        rateZero: {
            text: ({ modules, shown }) => `${noEffect(modules)} yet: ${shown}. Every learning rate logged up to this step is 0.`,
            severity: 'notice',
            why: 'A warm-up starts at a learning rate of 0, so that its first step changes nothing.',
            fix: 'Nothing, if the run goes on. A smoke test needs a step after the first.',
        },
        firstStep: {
            text: ({ modules, shown }) => `${noEffect(modules)}: ${shown}. It is of step 1 or before, and no learning rate is logged.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'With a warm-up the first step has a learning rate of 0 and changes nothing. Taken as: this may be so here.',
            fix: 'Look at a later step, or train a smoke test for two steps at least.',
        },
        some: {
            text: ({ modules, all, shown }) => `${formatNumber(modules.length)} of ${formatNumber(all)} modules have no effect: ${shown}, e.g. ${listNames(modules)}.`,
            severity: 'warning',
            why: 'Those modules answer as the base does. Layers that were frozen and experts that no token reached stay so; so do modules that the optimizer was not given.',
            fix: 'If they were to be trained, look whether the optimizer holds their parameters.',
        },
    },
    async run({ subject, valuesOf, report }) {
        if (subject.role !== 'adapter' || subject.checkpoint.isInitial)
            return;
        const meaning = await file_meaning_meaningOf(subject);
        const values = meaning === null ? null : await valuesOf(subject);
        if (meaning === null || values === null)
            return;
        const shown = new Map(values.tensors.map((one) => [one.name, one]));
        const idle = withoutEffect(meaning, (name) => shown.get(name));
        const data = adapter_untrained_wordsOf(idle, meaning.keys.modules.size);
        if (data.modules.length === 0)
            return;
        if (data.modules.length < data.all) {
            report('some', data);
            return;
        }
        report(await occasion(subject.checkpoint), data);
    },
});
async function occasion(checkpoint) {
    const rates = await readLoggedRates(checkpoint);
    if (rates === 'all zero')
        return 'rateZero';
    const { step } = checkpoint;
    return rates === 'none' && step !== null && step <= 1 ? 'firstStep' : 'all';
}
function adapter_untrained_wordsOf({ modules, shownBy, pairs }, all) {
    const shown = pairs === null
        ? shownBy.map(([suffix, value]) => `${suffix} is ${value} throughout`)
        : [`the columns of ${pairs} are equal in pairs`];
    return {
        modules: [...modules],
        all,
        shown: `${joinWords(shown)}${modules.length === 1 ? '' : ' in each'}`,
    };
}

;// CONCATENATED MODULE: ./lib/core/checks/progress/archive-compressed.js



const HELD = formatBytes(limits/* DEFLATED_HELD_MAX_BYTES */.XS);
const archiveCompressed = defineCheck({
    altitude: 'target',
    meta: {
        id: 'archive-compressed',
        question: 'progress',
        severity: 'notice',
        confidence: 'proven',
        title: 'Compressed archive, of which less can be read',
        why: `A compressed file cannot be entered in the middle: of one above ${HELD} the start is read, or all of it in order. Torch files of that size are not checked, and values take longer.`,
        fix: 'Give actions/upload-artifact `compression-level: 0`. Weights hardly get smaller by compression, the upload is faster without, and every tensor can be read where it lies.',
        since: '0.1.0',
    },
    messages: {
        compressed: {
            text: ({ files, bytes }) => `${formatCount(files, 'file')} of the archive ${files === 1 ? 'is' : 'are'} compressed, ${formatBytes(bytes)} in all.`,
        },
    },
    run({ subject: { archives }, report }) {
        for (const { path, facts } of archives) {
            const { deflatedFiles: files, deflatedBytes: bytes } = facts;
            if (bytes > limits/* DEFLATED_HELD_MAX_BYTES */.XS)
                report('compressed', { files, bytes }, { path });
        }
    },
});

// EXTERNAL MODULE: ./lib/core/bytes/reader.js
var bytes_reader = __nccwpck_require__(316);
;// CONCATENATED MODULE: ./lib/core/layout/subjects.js
function isStepTooLarge({ isStepFolder, step, }) {
    return isStepFolder && step === null;
}
function isPerhapsTemplate(checkpoint) {
    const { model, isStepFolder, folder } = checkpoint;
    if (model === null || isStepFolder || folder?.path === '')
        return false;
    const { single, indexFile, looseShards } = model;
    return single === null && indexFile === null && looseShards.length === 0;
}
function isBeforeEnd(checkpoint) {
    const { isRunRoot, adapters, model } = checkpoint;
    return (isRunRoot &&
        model === null &&
        adapters.length > 0 &&
        adapters.every(({ weights, name, dangling }) => weights === null && name === null && dangling.size === 0));
}
function configFilesOf({ adapters, model, looseConfig, }) {
    const files = [
        ...adapters.map(({ configFile }) => configFile),
        model?.configFile,
        model?.indexFile,
        looseConfig,
    ];
    return files.flatMap((file) => file ?? []);
}
async function weightsOf(checkpoint) {
    const { adapters, model, loose, holds } = checkpoint;
    const looseRole = holds === 'adapter' ? 'adapter' : 'loose';
    const ofAdapters = adapters.flatMap(({ weights }) => weights ?? []);
    const ofModel = model === null
        ? []
        : [
            ...(await model.shards()).values(),
            ...(model.single ? [model.single] : []),
        ];
    return [
        ...ofAdapters.map((file) => ({
            ...file,
            checkpoint,
            role: 'adapter',
        })),
        ...loose.map((file) => ({ ...file, checkpoint, role: looseRole })),
        ...ofModel.map((file) => ({ ...file, checkpoint, role: 'model' })),
    ];
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/archive-entry-damaged.js



const archiveEntryDamaged = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'archive-entry-damaged',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'File that is damaged in its archive',
        why: 'The bytes in the archive are not those that were packed. unzip and Python refuse the file; what unpacks without comparing checksums leaves wrong weights behind.',
        fix: 'Take the file from where it was trained and upload it again; if it comes out damaged again, look at the disk and memory of that machine.',
        since: '0.1.0',
    },
    messages: {
        damaged: {
            text: ({ name, words }) => `${name} cannot be unpacked whole: its ${words}.`,
        },
    },
    async run({ subject, valuesOf, report }) {
        const note = (file, { damage }) => report('damaged', { name: file.name, words: damage.words }, { path: file.path });
        for (const file of configFilesOf(subject))
            await orNote(() => file.json(), (error) => note(file, error));
        const weights = (await orNote(() => weightsOf(subject))) ?? [];
        for (const one of weights)
            await orNote(() => readAll(one, valuesOf), (error) => note(one.file, error));
    },
});
async function readAll(weights, valuesOf) {
    await weights.file.content();
    await valuesOf(weights);
}
async function orNote(read, note = () => undefined) {
    try {
        return await read();
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* DamagedError */.Me))
            throw error;
        note(error);
        return null;
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/progress/archive-malformed.js


const TOOLS_DIFFER = 'One tool unpacks it to other files than the next, or refuses it, so that what was judged here may not be what is loaded later.';
const NOT_SEEN = 'What cannot be read here was not judged.';
const archiveMalformed = defineCheck({
    altitude: 'target',
    meta: {
        id: 'archive-malformed',
        question: 'progress',
        severity: 'error',
        confidence: 'proven',
        title: 'Archive that cannot be unpacked, or not to one set of files',
        why: 'Without a whole archive there are no checkpoints in it: unzip and download-artifact fail, or leave files out.',
        fix: 'Upload or pack the folder again, and compare the size with that of the original: an upload that was cut short is the most frequent cause.',
        since: '0.1.0',
    },
    messages: {
        unlistable: {
            text: ({ words }) => `The archive ${words}.`,
        },
        unsafeNames: {
            text: (data) => `${formatCount(data.count, 'name')} in the archive ${data.count === 1 ? 'is' : 'are'} no path below its root: ${listNames(data.names)}.`,
            why: 'Unpacked, such a file lands outside of the folder, or nowhere. It was not looked at.',
            fix: 'Pack the folder again from inside, with relative names and `/` between them: old tools of Windows write `\\`.',
        },
        differingDuplicates: {
            text: (data) => `${formatCount(data.count, 'file')} stand${data.count === 1 ? 's' : ''} again in the archive with other content: ${listNames(data.names)}.`,
            why: TOOLS_DIFFER,
            fix: 'Pack each file once. The last of each name was judged, as Python and unzip keep it.',
        },
        duplicates: {
            severity: 'warning',
            text: (data) => `${formatCount(data.count, 'file')} stand${data.count === 1 ? 's' : ''} again in the archive, by size and checksum with the same content: ${listNames(data.names)}.`,
            why: 'Some tools ask what to do, and the archive is larger than it need be.',
            fix: 'Pack each file once.',
        },
        overlaps: {
            text: (data) => `${formatCount(data.count, 'file')} begin${data.count === 1 ? 's' : ''} in the archive where another has not ended: ${listNames(data.names)}.`,
            why: 'Two files cannot share bytes of an archive: one of them is not what was packed. Python refuses to read it.',
        },
        fileAndFolder: {
            text: (data) => `${formatCount(data.count, 'name')} stand${data.count === 1 ? 's' : ''} in the archive for a file and for a folder: ${listNames(data.names)}.`,
            why: 'Only one of the two can be unpacked, and which one depends on the tool.',
        },
        absurdRatios: {
            text: (data) => `${formatCount(data.count, 'file')} in the archive should unpack to over 1,032 times the bytes, which deflate cannot: ${listNames(data.names)}.`,
            why: 'The sizes in the archive are wrong, by damage or so that unpacking it fills a disk.',
        },
        encrypted: {
            severity: 'warning',
            text: (data) => `${formatCount(data.count, 'file')} in the archive ${data.count === 1 ? 'is' : 'are'} encrypted and ${data.count === 1 ? 'was' : 'were'} not examined: ${listNames(data.names)}.`,
            why: NOT_SEEN,
            fix: 'Pack checkpoints without a password, or name the unpacked folder.',
        },
        unknownMethods: {
            severity: 'warning',
            text: (data) => `${formatCount(data.count, 'file')} in the archive ${data.count === 1 ? 'is' : 'are'} packed in a way that is not read here, and ${data.count === 1 ? 'was' : 'were'} not examined: ${listNames(data.names)}.`,
            why: NOT_SEEN,
            fix: 'Pack them stored or deflated, as zip does by default, or name the unpacked folder.',
        },
        beyondDirectory: {
            severity: 'warning',
            text: (data) => `${formatCount(data.count, 'file')} in the archive reach${data.count === 1 ? 'es' : ''} into its directory: ${listNames(data.names)}.`,
            why: TOOLS_DIFFER,
        },
        inconsistent: {
            severity: 'warning',
            text: (data) => `The archive contradicts itself in ${formatCount(data.count, 'place')}${data.names.length === 0 ? '' : `, at ${listNames(data.names)}`}: sizes, counts or offsets in its directory do not agree.`,
            why: TOOLS_DIFFER,
        },
    },
    run({ subject, report }) {
        if (!subject.isNamed && subject.checkpoints === 0)
            return;
        for (const { path, facts } of subject.archives) {
            const { defect, faults } = facts;
            if (defect !== null && !OWN_LIMITS.has(defect.code))
                report('unlistable', { words: defect.words }, { path });
            for (const { code, names, count } of faults)
                report(MESSAGES[code], { names: [...names], count }, { path });
        }
    },
});
const OWN_LIMITS = new Set([
    'too-many-entries',
    'directory-too-large',
]);
const MESSAGES = {
    'duplicate-name': 'duplicates',
    'duplicate-differs': 'differingDuplicates',
    'unsafe-name': 'unsafeNames',
    'file-and-folder': 'fileAndFolder',
    overlap: 'overlaps',
    'beyond-directory': 'beyondDirectory',
    'ratio-absurd': 'absurdRatios',
    encrypted: 'encrypted',
    'method-unknown': 'unknownMethods',
    'directory-inconsistent': 'inconsistent',
};

;// CONCATENATED MODULE: ./lib/core/checks/loads/base-model-unnamed.js



const PATH = /^[/.~\\]|^[A-Za-z]:[\\/]|^[^/]*\/[^/]*\/|^\w+:\/\//;
const newestAdapters = oncePerRun((checkpoints) => checkpoints.findLast(({ adapters }) => adapters.some(({ configFile }) => configFile !== null)));
const baseModelUnnamed = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'base-model-unnamed',
        question: 'loads',
        severity: 'notice',
        confidence: 'proven',
        title: 'Base model unset or a path',
        why: 'AutoPeftModel and servers (vLLM, TGI, LoRAX) fetch the base by this name. With PeftModel.from_pretrained(base, folder) you give the base yourself, and the name counts for nothing.',
        fix: 'Before the adapter is published, set base_model_name_or_path to the id of the base on the Hub.',
        since: '0.1.0',
    },
    messages: {
        unset: {
            text: (_) => 'adapter_config.json does not name the base model (base_model_name_or_path).',
        },
        path: {
            text: ({ base }) => `adapter_config.json names the base model by a path: ${base}.`,
        },
    },
    async run({ subject, report }) {
        if (newestAdapters(subject) !== subject)
            return;
        for (const adapter of subject.adapters) {
            const config = await adapter.config();
            if (!config?.ok)
                continue;
            const { fields } = config.value;
            const where = { path: adapter.configFile?.path ?? adapter.path };
            const base = asString(fields.get('base_model_name_or_path')) ?? '';
            if (base === '') {
                if (!isOfOwnClass(fields))
                    report('unset', {}, where);
            }
            else if (PATH.test(base))
                report('path', { base }, where);
        }
    },
});
function isOfOwnClass(fields) {
    const mapping = fields.get('auto_mapping');
    const library = mapping === undefined ? null : asString(member(mapping, 'parent_library'));
    return library !== null && !library.startsWith('transformers');
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/best-checkpoint-missing.js




const NAME_SHOWN = 100;
const bestCheckpointMissing = defineCheck({
    altitude: 'run',
    meta: {
        id: 'best-checkpoint-missing',
        question: 'resumes',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Best checkpoint not there',
        why: 'With load_best_model_at_end=True the Trainer loads it when training ends: where it is gone, the last weights stay in place and only a line in the log says so; with DeepSpeed it raises. Taken as: the folder was in this run and was deleted.',
        fix: 'Raise save_total_limit, and save at the steps that are evaluated (save_steps a multiple of eval_steps), so that the best one is there and stays. If you deleted it or left it out on purpose, nothing need be done.',
        since: '0.1.0',
    },
    messages: {
        missing: {
            inUpload: 'Or it was not among what was uploaded.',
            text: ({ best, state }) => `${state} names ${best} as the best checkpoint, and no folder of that name is there.`,
            loaderErrors: () => [
                'Could not locate the best model at …, if you are running a distributed training on multiple nodes, you should activate `--save_on_each_node`.',
            ],
        },
        ended: {
            inUpload: 'Or it was not among what was uploaded.',
            text: ({ best, state }) => `${state} names ${best} as the best checkpoint, and no folder of that name is there; training has ended.`,
            severity: 'notice',
            why: 'Whatever training was to do with it is done. To deploy the best weights you need that folder, or the output folder if load_best_model_at_end=True was set.',
            fix: 'If you need it, bring it back; else nothing need be done.',
        },
    },
    async run({ subject: { checkpoints, omitted }, report }) {
        const newest = checkpoints.findLast(isTrainerSave);
        if (!newest?.trainerState || omitted > 0 || !isSeenWhole(newest))
            return;
        const state = await newest.trainerState.brief();
        const path = state.ok ? state.value.bestModelCheckpoint : null;
        if (path === null || isElsewhere(path, newest))
            return;
        const best = best_checkpoint_missing_lastName(path);
        const isThere = checkpoints.some(({ name }) => name === best);
        if (isThere || !isCheckpointFolderName(best))
            return;
        report(state.ok && state.value.hasEnded === true ? 'ended' : 'missing', { best: best.slice(0, NAME_SHOWN), state: newest.trainerState.file.path }, { path: newest.run });
    },
});
function isSeenWhole({ folder }) {
    return folder !== null && folder.path !== '';
}
function isElsewhere(path, { run, medium }) {
    const above = best_checkpoint_missing_lastName(path.slice(0, path.length - best_checkpoint_missing_lastName(path).length));
    const own = tree_nameOf(run);
    const isNameless = own === '' || own === '.' || medium.mark !== undefined;
    return above !== '' && above !== '.' && !isNameless && above !== own;
}
function best_checkpoint_missing_lastName(path) {
    return tree_nameOf(path.replaceAll('\\', '/'));
}

;// CONCATENATED MODULE: ./lib/core/checks/folder-names.js

function folder_names_namesIn(folder) {
    return [
        ...folder.files.keys(),
        ...[...folder.folders.keys()].map((name) => `${name}/`),
        ...[...folder.dangling].map((name) => `${name} (a link to nothing)`),
    ].sort();
}
function temporariesIn(folder) {
    return [...folder.files]
        .filter(([name]) => SAFETENSORS_TEMPORARY.test(name))
        .map(([name, { sizeBytes }]) => ({ name, bytes: sizeBytes }));
}
function stateFilesIn(folder) {
    return [...folder.files.keys()].filter(isTrainingStateName).sort();
}
const SENTINEL = 'checkpoint-is-incomplete.txt';
const STATE_NOT_FOUND_ERRORS = [
    "FileNotFoundError: [Errno 2] No such file or directory: '…trainer_state.json'",
];
const ACCELERATE_USERS = [
    'accelerate',
    'diffusers LoRA',
    'kohya state',
];
const NOT_FOUND_ERRORS = [
    "ValueError: Can't find 'adapter_config.json' at '…'",
    "ValueError: Can't find a valid checkpoint at …",
];

;// CONCATENATED MODULE: ./lib/core/checks/loads/checkpoint-empty.js




const checkpoint_empty_WANTED = 'adapter_config.json with adapter_model.safetensors (or .bin), or config.json with model.safetensors';
const checkpointEmpty = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'checkpoint-empty',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Checkpoint folder empty or with foreign files only',
        why: 'The folder was made but the model was not saved into it. What looks for the newest checkpoint by itself takes the highest number without looking inside, so such a folder also blocks a resume.',
        fix: 'Look for an error at save time in the training log, also one that the code catches and drops: then save again or delete this folder.',
        since: '0.1.0',
    },
    messages: {
        empty: {
            text: (_) => `The folder is empty. It lacks ${checkpoint_empty_WANTED}.`,
            loaderErrors: () => NOT_FOUND_ERRORS,
        },
        foreign: {
            inUpload: UPLOAD_LOSSES,
            text: ({ names }) => `The folder holds ${formatCount(names.length, 'entry', 'entries')} (${listNames(names)}) and nothing of a checkpoint. It lacks ${checkpoint_empty_WANTED}.`,
            loaderErrors: () => NOT_FOUND_ERRORS,
        },
        ofAccelerate: {
            inUpload: UPLOAD_LOSSES,
            text: ({ names }) => `The folder ${names.length === 0 ? 'is empty' : `holds ${formatCount(names.length, 'entry', 'entries')} (${listNames(names)}) and nothing of a checkpoint`}. It lacks what save_state of accelerate writes: model.safetensors (or pytorch_model.bin) and random_states_0.pkl.`,
        },
    },
    run({ subject, report }) {
        const { folder, holds, unexamined } = subject;
        if (holds !== 'nothing' || unexamined !== null || folder === null)
            return;
        if (temporariesIn(folder).length > 0)
            return;
        if (stateFilesIn(folder).length > 0)
            return;
        const names = folder_names_namesIn(folder);
        if (isOfAccelerate(subject))
            report('ofAccelerate', { names });
        else if (names.length === 0)
            report('empty', {});
        else
            report('foreign', { names });
    },
});
function isOfAccelerate({ ofRun }) {
    const others = ofRun.filter(({ holds }) => holds !== 'nothing');
    return (others.length > 0 &&
        others.every(({ producer }) => producer === 'accelerate'));
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/checkpoint-kind-unexpected.js

const WORDS = {
    adapter: 'an adapter',
    model: 'a full model',
    shards: 'shards of a distributed save',
};
const checkpointKindUnexpected = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'checkpoint-kind-unexpected',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Checkpoint of another kind than expected',
        why: 'The `expect` option declares what each checkpoint has to be; whatever loads it next will look for that.',
        fix: 'Correct `expect`, or the code that saves: unwrap the model to save an adapter, merge or convert to save a full model.',
        since: '0.1.0',
    },
    messages: {
        other: {
            text: ({ expected, found, }) => `Expected ${expected}, found ${found}.`,
        },
        shards: {
            text: ({ expected, producer, }) => `Expected ${expected}, found only shards of a distributed save (${producer}).`,
            fix: 'Convert the shards (for DeepSpeed zero_to_fp32.py, for FSDP `accelerate merge-weights`), or let the trainer gather the weights when it saves.',
        },
    },
    run({ subject: { holds, producer }, options: { expect }, report }) {
        if (expect === 'auto' || holds === expect)
            return;
        if (holds === 'unknown' || holds === 'nothing')
            return;
        const data = { expected: WORDS[expect], found: WORDS[holds], producer };
        report(holds === 'shards' ? 'shards' : 'other', data);
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/progress/checkpoint-none-found.js



const ARTIFACTS_SHOWN = 20;
function isToldElsewhere({ defect, faults }, files) {
    const hasUnsafe = faults.some(({ code }) => code === 'unsafe-name');
    return defect !== null || (files === 0 && hasUnsafe);
}
const checkpointNoneFound = defineCheck({
    altitude: 'target',
    meta: {
        id: 'checkpoint-none-found',
        question: 'progress',
        severity: 'error',
        confidence: 'proven',
        title: 'No checkpoint where one was named',
        why: 'The job was to leave checkpoints there. With none, the training is lost when the machine goes.',
        fix: 'Compare the path with the output_dir of the training, and search its log for errors at save time.',
        since: '0.1.0',
    },
    messages: {
        absent: {
            text: ({ named }) => `Nothing exists at ${named}, or nothing matches it.`,
        },
        absentArtifact: {
            text: ({ named, there }) => there.length === 0
                ? `No artifact is named ${named}: there is none at all.`
                : `No artifact is named ${named}, or matches it. There ${there.length === 1 ? 'is' : 'are'}: ${listNames(there, ARTIFACTS_SHOWN)}.`,
            why: 'What the job was to upload cannot be judged. With a misspelt name it was perhaps uploaded under another.',
            fix: 'Compare with the `name` of the upload step, and look whether that step ran before this one.',
        },
        none: {
            inUpload: UPLOAD_LOSSES,
            text: ({ files }) => files === 0
                ? 'There is no file at this path or below it.'
                : `${files === 1 ? 'The one file' : `None of the ${formatCount(files, 'file')}`} at this path or below it belongs to ${files === 1 ? 'no' : 'a'} checkpoint of a known producer.`,
        },
        unknownWeights: {
            inUpload: UPLOAD_LOSSES,
            text: ({ names }) => `There is no checkpoint of a known producer, only ${formatCount(names.length, 'file')} under a name that no loader known here looks for: ${listNames(names)}.`,
            fix: 'Save through save_pretrained or a Trainer, or name the weights file itself as the path.',
        },
        leftovers: {
            text: ({ names }) => `There is no checkpoint, only what a save left that did not end: ${listNames(names)}.`,
            fix: 'Search the log for the signal or error that ended the process while it saved, and save again.',
        },
    },
    run({ subject, report }) {
        const { named, files, unknownWeights, leftovers } = subject;
        const { there, isNamed, archives } = subject;
        if (subject.checkpoints > 0 || subject.hasGaps || !isNamed)
            return;
        if (archives.some(({ facts }) => isToldElsewhere(facts, files)))
            return;
        if (subject.isAbsent && there !== null)
            report('absentArtifact', { named, there: [...there] });
        else if (subject.isAbsent)
            report('absent', { named });
        else if (leftovers.length > 0)
            report('leftovers', { names: [...leftovers] });
        else if (unknownWeights.length > 0)
            report('unknownWeights', { names: [...unknownWeights] });
        else
            report('none', { named, files });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/progress/checkpoints-too-few.js




const checkpointsTooFew = defineCheck({
    altitude: 'judged',
    meta: {
        id: 'checkpoints-too-few',
        question: 'progress',
        severity: 'error',
        confidence: 'proven',
        title: 'Fewer checkpoints than declared',
        why: 'The job was to leave so many, and with fewer there is nothing to go back to when the newest is bad.',
        fix: 'Search the log of the training for errors at save time, and compare `save_steps` with the steps that it ran. A limit such as save_total_limit has to leave as many as are declared.',
        since: '0.1.0',
    },
    messages: {
        few: {
            inUpload: UPLOAD_LOSSES,
            text: (data) => `At least ${formatCount(data.declared, 'checkpoint')} ${data.declared === 1 ? 'is' : 'are'} declared, ${formatNumber(data.there)} ${data.there === 1 ? 'is' : 'are'} there.`,
        },
        broken: {
            text: (data) => `At least ${formatCount(data.declared, 'checkpoint')} ${data.declared === 1 ? 'is' : 'are'} declared; of ${formatNumber(data.there)} ${data.there === 1 ? 'that is' : 'that are'} there ${formatNumber(data.broken)} cannot be loaded.`,
            fix: 'See what was found of those that cannot be loaded: they do not count.',
        },
    },
    run({ subject, options, report }) {
        const declared = options.declared.minCheckpoints;
        if (declared === null || subject.run.omitted > 0)
            return;
        const counted = countedOf(subject);
        const there = counted.length;
        const broken = counted.filter((same) => same.every(isBroken)).length;
        if (there < declared)
            report('few', { declared, there });
        else if (there - broken < declared)
            report('broken', { declared, there, broken });
    },
});
function countedOf({ judged, }) {
    const bySteps = new Map();
    for (const one of judged) {
        const { step, path } = one.checkpoint;
        const key = step ?? (isStepTooLarge(one.checkpoint) ? path : null);
        if (key === null)
            continue;
        bySteps.set(key, [...(bySteps.get(key) ?? []), one]);
    }
    return bySteps.size > 0 ? [...bySteps.values()] : judged.map((one) => [one]);
}
function isBroken({ answers, checkpoint }) {
    return answers.loads.value === 'no' || checkpoint.holds === 'nothing';
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/classifier-head-missing.js




const classifier_head_missing_HEADS = new Map([
    ['SEQ_CLS', ['classifier', 'score']],
    ['TOKEN_CLS', ['classifier', 'score']],
    ['QUESTION_ANS', ['qa_outputs']],
]);
const HEADLESS = ['ADAPTION_PROMPT', 'TRAINABLE_TOKENS'];
const NAMED_SO = new Map([
    [
        'classifier',
        /^base_model\.model\.(?:model\.layers\.\d+\.|transformer\.h\.\d+\.|bert\.|roberta\.|distilbert\.|deberta\.|electra\.)/,
    ],
    [
        'qa_outputs',
        /^base_model\.model\.(?:bert\.|roberta\.|distilbert\.|deberta\.|electra\.)/,
    ],
]);
const classifierHeadMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'classifier-head-missing',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Head of the classifier not saved',
        why: 'For this task PEFT saves the head of the base with the adapter and asks for it when it loads. A base fresh from the Hub has a head of random values.',
        fix: 'Save again through model.save_pretrained(folder) of the PeftModel; with sharded weights gather them first. A head that was never in modules_to_save was not trained with the adapter: train again with it.',
        since: '0.1.0',
    },
    messages: {
        promised: {
            text: ({ task, names }) => `No tensor of a head (${joinWords(names)}) is saved, which modules_to_save names and ${task} needs.`,
            loaderErrors: ({ names: [name = ''] }) => [
                `KeyError: 'base_model.model.${name}.weight'`,
            ],
        },
        perhaps: {
            text: ({ task, names }) => `task_type is ${task}, and no tensor of a head (${joinWords(names)}) is saved.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Where the base has a head of such a name, PEFT asks for it and refuses the adapter; one of another name comes from the base, with random values if it was not trained before. Taken as: the base is a classifier.',
            loaderErrors: ({ names: [name = ''] }) => [
                `KeyError: 'base_model.model.${name}.weight'`,
            ],
        },
    },
    async run({ subject, report }) {
        for (const adapter of subject.adapters) {
            const config = await adapter.config();
            if (!config?.ok || adapter.weights === null)
                continue;
            const task = asString(config.value.fields.get('task_type')) ?? '';
            const heads = headsOf(config.value, task);
            if (heads === null)
                continue;
            const tensors = await readTensorsIn(adapter.weights);
            if (tensors === null || tensors.length === 0)
                continue;
            const names = tensors.map(({ name }) => name);
            if (names.some((name) => heads.some((head) => isIn(name, head))))
                continue;
            report(isPromised(config.value.fields, heads) &&
                names.some((name) => NAMED_SO.get(heads[0] ?? '')?.test(name))
                ? 'promised'
                : 'perhaps', { task, names: [...heads] }, { path: adapter.weights.file.path });
        }
    },
});
function headsOf({ peftType, isKnownType }, task) {
    if (!isKnownType || HEADLESS.includes(peftType))
        return null;
    return classifier_head_missing_HEADS.get(task) ?? null;
}
function isIn(name, head) {
    return name.split('.').some((part) => part.endsWith(head));
}
function isPromised(fields, heads) {
    const promised = asArray(fields.get('modules_to_save'))?.map(asString) ?? [];
    const base = asString(fields.get('base_model_name_or_path')) ?? '';
    return base !== '' && heads.some((head) => promised.includes(head));
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/dcp-metadata-invalid.js


const loaderErrors = ({ words }) => [
    `AssertionError: metadata is None; global metadata read failed: ${words}`,
];
const dcpMetadataInvalid = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'dcp-metadata-invalid',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'Distributed checkpoint whose .metadata cannot be read',
        why: 'The file .metadata is the list of which tensor lies where in the files of the ranks. torch unpickles it before anything else; without it no value can be found.',
        fix: 'Copy .metadata again from where it was saved and compare the sizes; if it is the same there, resume from an older checkpoint.',
        since: '0.1.0',
    },
    messages: {
        cut: {
            text: ({ folder, bytes }) => bytes === 0
                ? `.metadata in ${folder} is empty.`
                : `.metadata in ${folder} ends after ${exactBytes(bytes)} in the middle of its pickle: it was cut off.`,
            loaderErrors,
        },
        damaged: {
            text: ({ folder, at }) => `.metadata in ${folder} is no pickle, or a damaged one: byte ${at} makes no sense.`,
            loaderErrors,
        },
        other: {
            text: ({ folder, found }) => `.metadata in ${folder} holds a ${found} of Python, not the metadata of a distributed checkpoint.`,
            loaderErrors,
        },
        noStorage: {
            text: ({ folder }) => `.metadata in ${folder} does not say in which file any of the values lies.`,
            loaderErrors: () => [
                'AssertionError: storage_data must not be None in metadata',
            ],
        },
    },
    async run({ subject: { sharded }, report }) {
        for (const one of sharded?.dcp ?? []) {
            const { name: folder, path: folderPath, fileNamed } = one;
            const read = one.hasRankMetadata ? null : await one.metadata();
            if (read === null || read.ok)
                continue;
            const { defect } = read;
            const file = fileNamed('.metadata');
            const where = { path: file?.path ?? folderPath };
            const bytes = file?.sizeBytes ?? 0;
            const data = { folder, bytes, words: dcp_metadata_invalid_wordsOf(defect, bytes) };
            switch (defect.code) {
                case 'pickle-cut':
                    report('cut', data, where);
                    break;
                case 'opcode-unknown':
                case 'stack-empty':
                case 'memo-empty':
                    report('damaged', { ...data, at: defect.at }, where);
                    break;
                case 'not-metadata':
                    report('other', { ...data, found: defect.found }, where);
                    break;
                case 'no-storage-data':
                    report('noStorage', data, where);
                    break;
                case 'operand-invalid':
                case 'pickle-too-large':
                case 'pickle-left':
                case 'too-large':
                case 'not-known':
                    break;
            }
        }
    },
});
function dcp_metadata_invalid_wordsOf(defect, bytes) {
    switch (defect.code) {
        case 'pickle-cut':
            return bytes === 0 ? 'Ran out of input' : 'pickle data was truncated';
        case 'opcode-unknown':
            return `invalid load key, '${dcp_metadata_invalid_keyOf(defect.byte)}'.`;
        case 'memo-empty':
            return 'Memo value not found at index';
        case 'not-metadata':
            return `'${defect.found}' object has no attribute 'storage_meta'`;
        default:
            return 'unpickling stack underflow';
    }
}
function dcp_metadata_invalid_keyOf(byte) {
    const isPrinted = byte >= 0x20 && byte < 0x7f;
    return isPrinted
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`;
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/dcp-metadata-missing.js


const NO_METADATA_ERRORS = [
    'CheckpointException: CheckpointException ranks:dict_keys([0])',
    "AssertionError: metadata is None; global metadata read failed: [Errno 2] No such file or directory: '…/.metadata'",
];
const dcpMetadataMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'dcp-metadata-missing',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'Distributed checkpoint that was not completed',
        why: 'torch writes .metadata, the list of which tensor lies where, as the last file of a distributed checkpoint and under a temporary name first. Without it nothing in the folder can be read.',
        fix: 'Resume from an older checkpoint. If every rank wrote to a disk of its own, bring all files into one folder; if the folder came through an artifact, upload with `include-hidden-files: true`, since names that begin with a dot are dropped otherwise.',
        since: '0.1.0',
    },
    messages: {
        missing: {
            inUpload: 'Or the file was there and the upload left it out: actions/upload-artifact drops names that begin with a dot.',
            text: ({ folder, names }) => `${folder} holds ${formatCount(names.length, 'file')} of ranks (${listNames(names)}) and no .metadata.`,
            loaderErrors: () => NO_METADATA_ERRORS,
        },
        temporary: {
            text: ({ folder }) => `${folder} holds .metadata.tmp and no .metadata: the save ended while its last file was written.`,
            loaderErrors: () => NO_METADATA_ERRORS,
        },
        empty: {
            text: (_) => 'The folder was made for shards of a distributed save and holds none.',
            why: 'The save ended before any rank wrote its part.',
        },
        dataMissing: {
            text: ({ folder }) => `${folder} holds .metadata, and none of the .distcp files that it lists.`,
            why: 'The values of all tensors are in the .distcp files.',
            fix: 'Copy the .distcp files of all ranks too, or resume from another checkpoint.',
            loaderErrors: () => [
                "FileNotFoundError: [Errno 2] No such file or directory: '….distcp'",
            ],
        },
    },
    run({ subject: { sharded }, report }) {
        for (const one of sharded?.dcp ?? []) {
            const { name, path, dataFiles, hasMetadata, hasTemporary } = one;
            const folder = name;
            if (hasMetadata) {
                if (dataFiles.length === 0)
                    report('dataMissing', { folder }, { path });
            }
            else if (hasTemporary)
                report('temporary', { folder }, { path });
            else if (dataFiles.length > 0)
                report('missing', { folder, names: [...dataFiles] }, { path });
            else
                report('empty', {}, { path });
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/index-invalid.js


const indexInvalid = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'index-invalid',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Index of shards invalid',
        why: 'Without the index the loader does not know which files make up the model.',
        fix: 'Save again through model.save_pretrained(folder), or fetch the file again and compare its size.',
        since: '0.1.0',
    },
    messages: {
        notJson: {
            text: ({ name, words }) => `${name} ${words}.`,
            loaderErrors: () => ['json.decoder.JSONDecodeError: …'],
        },
        noWeightMap: {
            text: ({ name }) => `${name} has no weight_map, the list of which tensor is in which shard.`,
            loaderErrors: () => ["KeyError: 'weight_map'"],
        },
        noMetadata: {
            text: ({ name }) => `${name} has no metadata object, which transformers reads without asking.`,
            fix: 'Add `"metadata": {}` to the index, or save again through model.save_pretrained(folder).',
            loaderErrors: () => ["KeyError: 'metadata'"],
        },
        notAName: {
            text: ({ name, tensor }) => `${name} maps ${tensor} to something that is not a file name.`,
            loaderErrors: () => ['TypeError'],
        },
        outside: {
            text: ({ name, shard }) => `${name} names a shard outside of the folder: ${shard}. It was not followed.`,
            why: 'An index names files beside it. A path that leads elsewhere makes the loader read what the checkpoint does not hold, or fail on any other machine.',
            fix: 'Save again through model.save_pretrained(folder). If you did not write this index, do not load it.',
            loaderErrors: () => ['FileNotFoundError: No such file or directory: …'],
        },
    },
    async run({ subject: { model }, report }) {
        const index = await model?.index();
        if (!model?.indexFile || !index || index.ok)
            return;
        const { name, path } = model.indexFile;
        const { defect } = index;
        switch (defect.code) {
            case 'no-weight-map':
                return report('noWeightMap', { name }, { path });
            case 'no-metadata':
                return report('noMetadata', { name }, { path });
            case 'shard-not-a-name':
                return report('notAName', { name, tensor: defect.tensor }, { path });
            case 'shard-below':
                break;
            case 'shard-outside':
                return report('outside', { name, shard: defect.shard }, { path });
            default:
                if (isBeyondOurs(defect))
                    return;
                report('notJson', { name, words: jsonDefectWords(defect) }, { path });
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/index-tensor-misplaced.js




const indexTensorMisplaced = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'index-tensor-misplaced',
        question: 'loads',
        severity: 'warning',
        confidence: 'proven',
        title: 'Index and shards disagree about tensors',
        why: 'Index and shards were not written by one save: files of two saves are mixed, or a writer is at fault. transformers loads every tensor of every named shard; other loaders go by the index and fail.',
        fix: 'Delete the folder and save again, so that no file of an older save is left.',
        since: '0.1.0',
    },
    messages: {
        absent: {
            text: ({ index, names }) => `${index} names ${formatCount(names.length, 'tensor')} that no shard holds: ${listNames(names)}.`,
            severity: 'error',
            why: 'The loader starts such tensors at random and goes on with a warning at most ("newly initialized").',
            loaderErrors: () => [
                'Some weights of … were not initialized from the model checkpoint at … and are newly initialized',
            ],
        },
        wrongShard: {
            text: ({ index, names }) => `${index} names the wrong shard for ${formatCount(names.length, 'tensor')}: ${listNames(names)}.`,
        },
        twice: {
            text: ({ names }) => `${formatCount(names.length, 'tensor')} ${names.length === 1 ? 'stands' : 'stand'} in more than one shard: ${listNames(names)}.`,
            why: 'Which of them the loader keeps depends on the order in which it reads the shards.',
        },
        totalDiffers: {
            text: ({ index, total, found, }) => `${index} says that the tensors take ${exactBytes(total)} (total_size); those in the shards take ${exactBytes(found)}.`,
            severity: 'notice',
            why: 'No loader reads total_size, and tools that plan memory by it go wrong. save_pretrained writes the sum; a shard of another save with the same tensors, or a conversion of their dtype, changes it.',
            fix: 'If the model was converted after it was saved, nothing need be done; else compare the shards with those of the original.',
        },
        unnamedMany: {
            text: ({ index, most, names }) => `More than ${formatNumber(most)} tensors in the shards are not in ${index}: ${names.slice(0, limits/* NAMES_SHOWN */.t6).join(', ')} and more.`,
        },
        unnamed: {
            text: ({ index, names }) => `${formatCount(names.length, 'tensor')} in the shards ${names.length === 1 ? 'is' : 'are'} not in ${index}: ${listNames(names)}.`,
        },
    },
    async run({ subject: { model }, report }) {
        const read = await model?.index();
        if (!model?.indexFile || !read?.ok)
            return;
        const index = model.indexFile.name;
        const { weightMap } = read.value;
        const strays = await findStrays(model, read.value);
        if (strays === null)
            return;
        const { lacking, found, uncounted, tensorBytes } = strays;
        const say = (message, names) => {
            if (names.length > 0)
                report(message, { index, names });
        };
        const wanted = [...lacking];
        say('absent', wanted.filter((name) => !found.has(name)));
        say('wrongShard', wanted.filter((name) => found.has(name)));
        const isInOwn = (name) => weightMap.has(name) && !lacking.has(name);
        say('twice', [...found].flatMap(([name, times]) => times + Number(isInOwn(name)) > 1 ? [name] : []));
        const unnamed = [...found.keys()].filter((name) => !weightMap.has(name));
        if (uncounted)
            report('unnamedMany', { index, most: limits/* STRAYS_MAX */.KT, names: unnamed });
        else
            say('unnamed', unnamed);
        const { totalBytes: total } = read.value;
        const isWhole = lacking.size === 0 && found.size === 0 && total !== 0;
        if (isWhole &&
            total !== null &&
            tensorBytes !== null &&
            total !== tensorBytes)
            report('totalDiffers', { index, total, found: tensorBytes });
    },
});
async function findStrays(model, { shards: names, weightMap }) {
    const shards = await model.shards();
    const lacking = new Set(weightMap.keys());
    const found = new Map();
    let unnamed = 0;
    let tensorBytes = 0;
    for (const shardName of names) {
        const shard = shards.get(shardName);
        const tensors = shard === undefined ? null : await tensorsIn(shard);
        if (tensors === null)
            return null;
        if (tensors.bytes === null)
            tensorBytes = null;
        else if (tensorBytes !== null)
            tensorBytes += tensors.bytes;
        for (const { name } of tensors.all) {
            const named = weightMap.get(name);
            if (named === shardName)
                lacking.delete(name);
            else if (found.has(name) || named !== undefined || unnamed++ < limits/* STRAYS_MAX */.KT)
                found.set(copyOf(name), (found.get(name) ?? 0) + 1);
        }
    }
    return { lacking, found, uncounted: unnamed > limits/* STRAYS_MAX */.KT, tensorBytes };
}
async function tensorsIn({ file, format }) {
    if (format === 'torch') {
        const state = await file.torchState();
        if (!state?.ok || state.value.unknown !== null)
            return null;
        if (state.value.root !== 'dict')
            return null;
        return { all: state.value.tensors, bytes: null };
    }
    const header = await file.safetensors();
    if (!header.ok)
        return null;
    const { tensors } = header.value;
    return {
        all: tensors,
        bytes: tensors.reduce((sum, one) => sum + one.end - one.begin, 0),
    };
}
function copyOf(name) {
    return new TextDecoder().decode(new TextEncoder().encode(name));
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/latest-tag-missing.js



const TAG_SHOWN = 100;
const ACCELERATE_TAG = /^pytorch_model(?:_\d+)?$/;
const latestTagMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'latest-tag-missing',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: "DeepSpeed's `latest` is missing or names a folder that is not there",
        why: 'DeepSpeed reads the name of the state folder from the file `latest`, which it writes last. A Trainer passes no name of its own, so it cannot resume.',
        fix: 'If the state folder is complete, write its name into a file `latest` beside it; else resume from an older checkpoint.',
        since: '0.1.0',
    },
    messages: {
        absent: {
            text: ({ tags }) => `The state folder ${listNames(tags)} is there, the file latest that names it is not.`,
            loaderErrors: () => [
                'Unable to find latest file at …, if trying to load latest checkpoint please ensure this file exists or pass an explicit checkpoint tag when loading a checkpoint.',
                'ValueError: [deepspeed] failed to resume from checkpoint …',
                'MisconfigurationException: DeepSpeed was unable to load the checkpoint.',
            ],
        },
        absentOfEngine: {
            text: ({ tags }) => `The state folder ${listNames(tags)} is there, the file latest beside it is not.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'load_checkpoint without a tag finds nothing and returns None. Taken as: your code may pass the tag itself.',
            loaderErrors: () => [
                'Unable to find latest file at …, if trying to load latest checkpoint please ensure this file exists or pass an explicit checkpoint tag when loading a checkpoint.',
            ],
        },
        other: {
            text: ({ tag, tags }) => `The file latest names '${tag}', and no folder of that name is there, only ${listNames(tags)}.`,
            loaderErrors: () => [
                "FileNotFoundError: Directory '…' doesn't exist",
                'AssertionError',
            ],
        },
        overtaken: {
            text: ({ tag, newest }) => `The file latest names '${tag}', and ${newest} is newer.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'DeepSpeed writes latest when the files of all ranks are there. Taken as: the newer save did not end; it may also have been made with save_latest=False.',
            fix: 'If the newer folder is whole, write its name into latest or pass it as the tag; else training goes on from the older one.',
        },
        otherStep: {
            text: ({ tag, step }) => `The file latest names '${tag}' in a checkpoint of step ${formatNumber(step)}.`,
            severity: 'notice',
            confidence: 'inferred',
            why: 'DeepSpeed counts a step when all its micro-batches are there, a Trainer also the rest at the end of an epoch, so that the two may differ by some steps. Taken as: they count alike; then the state was copied here from another checkpoint.',
            fix: 'If the run was resumed or its epochs do not divide into whole steps, nothing need be done; else compare the state with that of the checkpoint which has its step.',
        },
        empty: {
            text: (_) => 'The file latest is empty.',
        },
    },
    async run({ subject, report }) {
        const { sharded } = subject;
        const tags = (sharded?.zero ?? [])
            .map(({ name }) => name)
            .filter((name) => !ACCELERATE_TAG.test(name));
        if (!sharded || tags.length === 0 || !isNewestTag(subject))
            return;
        const { latest } = sharded;
        if (latest === null) {
            const isTrainers = subject.isStepFolder || subject.producer === 'Lightning';
            report(isTrainers ? 'absent' : 'absentOfEngine', { tags });
            return;
        }
        const tag = (await latest.headText()).trim();
        const where = { path: latest.path };
        if (tag === '')
            report('empty', {}, where);
        else if (!sharded.hasTag(tag))
            report('other', { tag: tag.slice(0, TAG_SHOWN), tags }, where);
        else if (differsFrom(tag, subject))
            report('otherStep', { tag, step: subject.step ?? 0 }, where);
        else if (isEngineStep(subject) && !tags.includes(tag))
            report('overtaken', { tag, newest: listNames(tags) }, where);
    },
});
function differsFrom(tag, { step, isStepFolder }) {
    const [, own] = /^global_step(\d{1,15})$/.exec(tag) ?? [];
    if (!isStepFolder || step === null)
        return false;
    return own !== undefined && Number(own) !== step;
}
function isEngineStep({ step, isStepFolder }) {
    return step !== null && !isStepFolder;
}
const newestStep = oncePerRun((checkpoints) => checkpoints.reduce((newest, { step }) => Math.max(newest, step ?? -1), -1));
function isNewestTag(subject) {
    const step = subject.step ?? -1;
    return !isEngineStep(subject) || newestStep(subject) <= step;
}

;// CONCATENATED MODULE: ./lib/core/layout/training-log.js



const newestOf = oncePer((ofRun) => {
    const checkpoint = memoise(() => findNewestState(ofRun));
    const log = memoise(async () => {
        const newest = await checkpoint();
        return newest === null ? null : readLog(newest);
    });
    return { checkpoint, log };
});
async function readOwnLog(subject) {
    const newest = newestOf(subject.ofRun);
    return (await newest.checkpoint()) === subject ? newest.log() : null;
}
function readNewestLog(ofRun) {
    return newestOf(ofRun).log();
}
function forgetNewestLog(ofRun) {
    newestOf(ofRun).log.forget();
}
async function findNewestState(ofRun) {
    for (const one of await candidatesOf(ofRun)) {
        if (one.trainerState === null)
            continue;
        const isReadable = await orFailed(one.trainerState.whole().then(({ ok }) => ok));
        if (isReadable !== false)
            return one;
    }
    return null;
}
async function candidatesOf(ofRun) {
    const known = ofRun.filter(({ trainerState, isInitial }) => trainerState !== null && !isInitial);
    const steps = known.filter(({ step }) => step !== null).toReversed();
    const stepless = known.filter(({ step }) => step === null);
    const root = stepless.find(({ isRunRoot }) => isRunRoot);
    const [newest] = steps;
    const isLater = newest !== undefined &&
        root !== undefined &&
        (await stepReached(root)) > (newest.step ?? 0);
    return isLater
        ? [root, ...steps, ...stepless.filter((one) => one !== root)]
        : [...steps, ...stepless];
}
async function stepReached({ trainerState }) {
    if (trainerState === null)
        return -1;
    const brief = await orFailed(trainerState.brief());
    if (brief === null)
        return Infinity;
    return brief.ok ? (brief.value.globalStep ?? -1) : -1;
}
async function orFailed(reading) {
    try {
        return await reading;
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8))
            throw error;
        return null;
    }
}
async function readLog(checkpoint) {
    const { trainerState } = checkpoint;
    const state = await trainerState?.whole();
    if (trainerState === null || !state?.ok)
        return null;
    const { globalStep, log } = state.value;
    if (!log.isWhole)
        return null;
    const isKnown = globalStep !== null && Number.isFinite(globalStep);
    const last = isKnown ? globalStep : Infinity;
    const entries = log.entries.filter(({ step }) => (step ?? 0) <= last);
    return {
        checkpoint,
        path: trainerState.file.path,
        points: entries.flatMap(pointOf),
        hasReward: entries.some(({ hasReward }) => hasReward),
    };
}
function pointOf(entry) {
    const { step, loss, gradNorm, learningRate, rewardZeroStd } = entry;
    const isOfTraining = loss !== null || gradNorm !== null || learningRate !== null;
    return step !== null && Number.isFinite(step) && isOfTraining
        ? [{ step, loss, gradNorm, learningRate, rewardZeroStd }]
        : [];
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/learning-rate-zero.js



const MIN_POINTS = 3;
const learningRateZero = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'learning-rate-zero',
        question: 'trained',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Learning rate of 0 throughout',
        why: 'With a learning rate of 0 the optimizer steps and changes nothing. Trainer logs the rate of the first group of parameters. Taken as: the others have no other.',
        fix: 'Look at learning_rate (0, or a text such as 2e-4 that a configuration did not read as a number), the scheduler, and the number of steps that it was told.',
        since: '0.1.0',
    },
    messages: {
        zero: {
            text: ({ all, last }) => `The learning rate is 0 at all ${formatNumber(all)} logged points, up to step ${formatNumber(last)}.`,
        },
    },
    async run({ subject, report }) {
        const log = await readOwnLog(subject);
        const points = log?.points.filter(({ learningRate }) => learningRate !== null) ?? [];
        const last = points.at(-1)?.step;
        if (log === null || last === undefined)
            return;
        const isZero = points.every(({ learningRate }) => learningRate === 0);
        const all = points.length;
        if (isZero && all >= MIN_POINTS)
            report('zero', { all, last }, { path: log.path });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/resumes/lightning-folder-incomplete.js


const DEEPSPEEDS = ['latest', 'zero_to_fp32.py'];
const lightningFolderIncomplete = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'lightning-folder-incomplete',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'Lightning checkpoint folder that is not complete',
        why: 'With a strategy of several processes Lightning writes a folder: the shards of all ranks, then meta.pt with the rest of the state. Without either it cannot resume.',
        fix: 'Resume from an older checkpoint, and look into the log for what ended the save.',
        since: '0.1.0',
    },
    messages: {
        metaMissing: {
            text: ({ files }) => `${formatCount(files, 'file')} of shards ${files === 1 ? 'is' : 'are'} there, meta.pt is not.`,
            loaderErrors: () => [
                "ValueError: The path '…' does not point to a valid checkpoint. Make sure the path points to either a directory with FSDP checkpoint shards, or a single file with a full checkpoint.",
            ],
        },
        statesMissing: {
            text: ({ names }) => `${listNames(names)}, which DeepSpeed writes beside its state, ${names.length === 1 ? 'is' : 'are'} there; the folder checkpoint with the state is not.`,
            loaderErrors: () => [
                'FileNotFoundError: The provided path is not a valid DeepSpeed checkpoint: …',
            ],
        },
        empty: {
            text: (_) => 'The folder is empty.',
            loaderErrors: () => [
                "ValueError: The path '…' does not point to a valid checkpoint. Make sure the path points to either a directory with FSDP checkpoint shards, or a single file with a full checkpoint.",
                'FileNotFoundError: The provided path is not a valid DeepSpeed checkpoint: …',
            ],
        },
    },
    run({ subject: { producer, folder, sharded }, report }) {
        if (producer !== 'Lightning' || folder === null)
            return;
        const { files, folders, unlisted } = folder;
        if (unlisted !== null)
            return;
        const beside = DEEPSPEEDS.filter((name) => files.has(name));
        const own = sharded?.dcp.find(({ path }) => path === folder.shown);
        if (files.size === 0 && folders.size === 0)
            report('empty', {});
        else if (own && own.dataFiles.length > 0 && !files.has('meta.pt'))
            report('metaMissing', { files: own.dataFiles.length });
        else if (beside.length > 0 && !folders.has('checkpoint'))
            report('statesMissing', { names: beside });
    },
});

;// CONCATENATED MODULE: ./lib/core/layout/vocabulary.js



async function readVocabularySize({ fileNamed, model, }) {
    const config = model?.configFile == null
        ? await readOnce(fileNamed(MODEL_CONFIG))
        : await readDocument(model.configFile);
    if (config === null)
        return null;
    const text = member(config, 'text_config');
    const size = member(config, 'vocab_size') ??
        (text === null ? null : member(text, 'vocab_size'));
    return size?.kind === 'number' ? numberOf(size) : null;
}
async function readAddedTokens({ fileNamed, }) {
    const own = asObject(await readOnce(fileNamed('added_tokens.json')));
    if (own !== null)
        return [...own].flatMap(([token, id]) => addedToken(token, id));
    const config = await readOnce(fileNamed('tokenizer_config.json'));
    const decoder = asObject(config && member(config, 'added_tokens_decoder'));
    if (decoder !== null)
        return [...decoder].map(([id, node]) => ({
            token: vocabulary_contentOf(node),
            id: Number(id),
        }));
    const whole = await readOnce(fileNamed('tokenizer.json'));
    return (asArray(whole && member(whole, 'added_tokens')) ?? []).flatMap((node) => addedToken(vocabulary_contentOf(node), member(node, 'id')));
}
function addedToken(token, id) {
    return id?.kind === 'number' ? [{ token, id: Number(id.lexeme) }] : [];
}
function vocabulary_contentOf(node) {
    const content = member(node, 'content');
    return content?.kind === 'string' ? content.value : '';
}
async function readOnce(file) {
    const document = await readDocument(file);
    file?.forget();
    return document;
}
async function readDocument(file) {
    const json = await file?.json();
    return json?.ok === true ? json.value : null;
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/loss-diverged.js




const GRADIENTS_EXPLODED = 1e4;
const MARGIN = 1;
const LARGEST_VOCABULARY = 2 ** 20;
const LAST_POINTS = 2;
const lossDiverged = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'loss-diverged',
        question: 'trained',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Training that diverged',
        why: 'After gradients of such a size the weights are far from any that were trained. Taken as: the loss is the mean over tokens, as Trainer has it.',
        fix: 'Go back to a checkpoint from before that, with a lower learning rate, a warm-up, and max_grad_norm set.',
        since: '0.1.0',
    },
    messages: {
        worseThanGuessing: {
            text: ({ loss, first, guessing, norm, step, }) => `The logged loss began at ${first} and ends at ${loss}, above the ${guessing} of guessing among all tokens; grad_norm was ${norm} at step ${formatNumber(step)}.`,
        },
        exploded: {
            text: ({ norm, step, since }) => `The logged grad_norm was ${norm} at step ${formatNumber(step)}, and from step ${formatNumber(since)} to the end it is no number.`,
            why: 'The gradients grew until they were beyond what a number holds. Taken as: no scaler for fp16 skipped those steps.',
        },
    },
    async run({ subject, report }) {
        const log = await readOwnLog(subject);
        const peak = log === null ? null : peakOf(log.points);
        if (log === null || peak === null)
            return;
        const where = { path: log.path };
        const { step } = peak;
        const norm = shortly(peak.gradNorm);
        const since = explodedSince(log, peak);
        if (since !== null) {
            report('exploded', { norm, step, since }, where);
            return;
        }
        const losses = log.points.flatMap(({ loss }) => loss ?? []);
        const [first] = losses;
        const last = losses.slice(-LAST_POINTS);
        const guessing = await lossOfGuessing(subject);
        const isAbove = (loss) => Number.isFinite(loss) && loss > guessing + MARGIN;
        if (first === undefined || losses.length <= LAST_POINTS || log.hasReward)
            return;
        if (first < guessing && last.every(isAbove))
            report('worseThanGuessing', {
                loss: shortly(last.at(-1) ?? NaN),
                first: shortly(first),
                guessing: shortly(guessing),
                norm,
                step,
            }, where);
    },
});
function peakOf(points) {
    for (const { step, gradNorm } of points)
        if (gradNorm !== null &&
            Number.isFinite(gradNorm) &&
            gradNorm > GRADIENTS_EXPLODED)
            return { step, gradNorm };
    return null;
}
function explodedSince({ points }, peak) {
    const norms = points.filter(({ gradNorm }) => gradNorm !== null);
    const from = norms.findLastIndex(({ gradNorm }) => Number.isFinite(gradNorm)) + 1;
    const since = norms[from]?.step;
    const isLarge = (norms[0]?.gradNorm ?? 0) > GRADIENTS_EXPLODED;
    if (since === undefined || since <= peak.step || isLarge)
        return null;
    return norms.length - from >= LAST_POINTS ? since : null;
}
async function lossOfGuessing(subject) {
    const stated = await readVocabularySize(subject);
    const isSize = stated !== null && stated > 1;
    return Math.log(isSize ? stated : LARGEST_VOCABULARY);
}
function shortly(value) {
    return value >= GRADIENTS_EXPLODED
        ? value.toExponential(1)
        : String(Number(value.toPrecision(4)));
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/loss-flat.js



const loss_flat_MIN_POINTS = 10;
const ROUNDED_DECIMALS = 4;
const HALF_BITS = 11;
const lossFlat = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'loss-flat',
        question: 'trained',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Loss that does not change by a bit',
        why: 'With other data or other weights the loss differs in its last digits at least. Taken as: the batches are not all the same, and the logged loss is the one that is trained.',
        fix: 'Look whether the optimizer steps and holds the parameters that are trained, whether the data changes from batch to batch, and whether the loss is worked out anew at each step.',
        since: '0.1.0',
    },
    messages: {
        flat: {
            text: ({ loss, points, from }) => `The logged loss is ${loss} at each of the last ${formatNumber(points)} points, since step ${formatNumber(from)}.`,
        },
    },
    async run({ subject, report }) {
        const log = await readOwnLog(subject);
        if (log === null || log.hasReward)
            return;
        const losses = log.points.filter(({ loss }) => loss !== null);
        const loss = losses.at(-1)?.loss ?? null;
        if (loss === null || isCoarse(loss) || neverMoves(log.points))
            return;
        const from = losses.findLastIndex((one) => one.loss !== loss) + 1;
        const points = losses.length - from;
        const step = losses[from]?.step ?? 0;
        if (points >= loss_flat_MIN_POINTS)
            report('flat', { loss, points, from: step }, { path: log.path });
    },
});
function neverMoves(points) {
    const rates = points.filter(({ learningRate }) => learningRate !== null);
    return (rates.length > 0 && rates.every(({ learningRate }) => learningRate === 0));
}
function isCoarse(loss) {
    if (!Number.isFinite(loss) || loss === 0)
        return true;
    if (Number(loss.toFixed(ROUNDED_DECIMALS)) === loss)
        return true;
    const bits = HALF_BITS - 1 - Math.floor(Math.log2(Math.abs(loss)));
    return Number.isInteger(loss * 2 ** bits);
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/loss-no-signal.js



const loss_no_signal_MIN_POINTS = 2;
const MIN_GROUPS = 3;
const MOST = 0.8;
const lossNoSignal = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'loss-no-signal',
        question: 'trained',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Training without anything to learn from',
        why: 'Where all labels are masked (-100) the loss is 0 and so are the gradients: nothing is learned, and the job ends as a success. Taken as: a loss of exactly 0 is no perfect fit.',
        fix: 'Print the labels of one batch and look whether any is not -100: the template of the chat, the marker that answers are found by, and a maximal length that cuts the answers off.',
        since: '0.1.0',
    },
    messages: {
        zero: {
            text: ({ points, all }) => `The logged loss is exactly 0 at ${formatNumber(points)} of ${formatCount(all, 'point')}, with no grad_norm above 0 there.`,
        },
        rewards: {
            text: ({ all }) => `At all ${formatNumber(all)} logged points the rewards of each group are alike (frac_reward_zero_std is 1), and grad_norm is 0.`,
            why: 'GRPO learns from the differences of the rewards within a group. Where there are none, nothing is learned. Taken as: the steps between those points are like them.',
            fix: 'Look at some completions and their rewards: a reward that is never or always given, a temperature too low, completions that are cut off before the answer.',
        },
    },
    async run({ subject, report }) {
        const log = await readOwnLog(subject);
        if (log === null)
            return;
        const where = { path: log.path };
        if (log.hasReward) {
            const groups = log.points.filter(({ rewardZeroStd }) => rewardZeroStd !== null);
            const all = groups.length;
            if (all >= MIN_GROUPS && groups.every(isOfLikeRewards))
                report('rewards', { points: all, all }, where);
            return;
        }
        const losses = log.points.filter(({ loss }) => loss !== null);
        const all = losses.length;
        const points = losses.filter(loss_no_signal_isZero).length;
        if (all >= loss_no_signal_MIN_POINTS && points >= all * MOST)
            report('zero', { points, all }, where);
    },
});
function loss_no_signal_isZero({ loss, gradNorm }) {
    return loss === 0 && (gradNorm ?? 0) === 0;
}
function isOfLikeRewards({ rewardZeroStd, gradNorm }) {
    return rewardZeroStd === 1 && gradNorm === 0;
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/loss-not-finite.js



const ERROR_FROM_POINTS = 2;
const STREAK_POINTS = 3;
const lastPoints = ({ points, all }) => points === 1
    ? 'at the last logged point'
    : `at the last ${formatNumber(points)} of ${formatCount(all, 'logged point')}`;
const goBack = ({ before }) => before === null
    ? 'No older checkpoint is known to be from before that. Look at the first batches, the learning rate and fp16 overflow (bf16 has none), and train again.'
    : `Go on from ${before}, which is from before that, with a lower learning rate or in bf16, and look at the data of those steps.`;
const FP16 = 'A scaler for fp16 skips single steps so, which does no harm. Taken as: none did here.';
const lossNotFinite = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'loss-not-finite',
        question: 'trained',
        severity: 'error',
        confidence: 'proven',
        title: 'Training whose loss is no number any more',
        why: 'From there on the gradients are no numbers either, and an optimizer step with them makes all trained weights NaN. The job goes on and ends as a success.',
        fix: 'Go back to a checkpoint from before that, and look at the learning rate, the data and fp16 overflow.',
        since: '0.1.0',
    },
    messages: {
        loss: {
            text: (end) => `The logged loss is NaN or infinite ${lastPoints(end)}, since step ${formatNumber(end.since)}.`,
            fix: goBack,
        },
        hidden: {
            text: (end) => `The logged loss is exactly 0 with a grad_norm of NaN ${lastPoints(end)}, since step ${formatNumber(end.since)}.`,
            why: 'That is a loss of NaN: Trainer replaces each by the mean of those before it (logging_nan_inf_filter), which is 0 where there are none. Nothing was learned since.',
            fix: goBack,
        },
        doubtful: {
            text: (end) => `The logged loss is NaN or infinite ${lastPoints(end)} (step ${formatNumber(end.since)} on).`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'A loss of NaN makes the weights NaN with the next step. A batch without a single label gives one, too, and does no harm. Taken as: there was none.',
            fix: 'Look whether the weights hold NaN (depth: values), and for batches whose labels are all masked.',
        },
        gradients: {
            text: (end) => `The logged grad_norm is NaN or infinite ${lastPoints(end)}, since step ${formatNumber(end.since)}, the loss is a number.`,
            severity: 'warning',
            confidence: 'inferred',
            why: `A step with such gradients makes the weights NaN. ${FP16}`,
            fix: 'Look whether the weights hold NaN (depth: values); with fp16, whether each step is skipped for overflow.',
        },
        gradientsPassed: {
            text: ({ points, from, to }) => `The logged grad_norm was NaN or infinite at ${formatNumber(points)} points in a row, from step ${formatNumber(from)} to ${formatNumber(to)}, and is a number since.`,
            severity: 'warning',
            confidence: 'inferred',
            why: `Those steps changed nothing, or all that is trained was reset. ${FP16}`,
            fix: 'Look at the data and the learning rate of those steps, and whether the loss went on where it was.',
        },
        passed: {
            text: ({ points, from, to }) => `The logged loss was NaN or infinite at ${formatCount(points, 'point')} between step ${formatNumber(from)} and ${formatNumber(to)}, and is a number since.`,
            severity: 'notice',
            why: 'Training went on. A batch whose labels are all masked gives such a loss.',
            fix: 'Look at the data of those steps, if there are to be labels in every batch.',
        },
    },
    async run({ subject, report }) {
        const log = await readOwnLog(subject);
        if (log === null || log.points.length < 2)
            return;
        const found = findAtEnd(log, subject) ?? findPassed(log, subject);
        if (found?.kind === 'end')
            report(found.message, found.data, { path: log.path });
        if (found?.kind === 'passed')
            report(found.message, found.data, { path: log.path });
    },
});
function findAtEnd(log, subject) {
    const losses = log.points.filter(({ loss }) => loss !== null);
    const dead = tailOf(losses, (point) => isDead(point, log));
    const odd = dead.filter(({ loss }) => !Number.isFinite(loss));
    const end = (tail, all) => ({
        kind: 'end',
        data: {
            points: tail.length,
            all: all.length,
            since: tail[0]?.step ?? 0,
            before: olderThan(tail, log, subject),
        },
    });
    if (dead.length >= ERROR_FROM_POINTS && !dead.some(hasGradients))
        return {
            ...end(dead, losses),
            message: odd.length > 0 ? 'loss' : 'hidden',
        };
    if (odd.length > 0)
        return { ...end(dead, losses), message: 'doubtful' };
    const norms = log.points.filter(({ gradNorm }) => gradNorm !== null);
    const tail = tailOf(norms, hasOddGradients);
    return tail.length >= (isScaled(subject) ? STREAK_POINTS : 1)
        ? { ...end(tail, norms), message: 'gradients' }
        : null;
}
function findPassed(log, subject) {
    const norms = log.points.filter(({ gradNorm }) => gradNorm !== null);
    const streak = isScaled(subject) ? [] : longestStreak(norms);
    const passed = (points) => ({
        kind: 'passed',
        data: {
            points: points.length,
            from: points[0]?.step ?? 0,
            to: points.at(-1)?.step ?? 0,
        },
    });
    if (streak.length >= STREAK_POINTS)
        return { ...passed(streak), message: 'gradientsPassed' };
    const odd = log.points.filter(({ loss }) => loss !== null && !Number.isFinite(loss));
    return odd.length > 0 ? { ...passed(odd), message: 'passed' } : null;
}
function isDead({ loss, gradNorm }, { hasReward }) {
    if (!Number.isFinite(loss))
        return true;
    return loss === 0 && Number.isNaN(gradNorm) && !hasReward;
}
function hasOddGradients({ gradNorm }) {
    return gradNorm !== null && !Number.isFinite(gradNorm);
}
function hasGradients({ gradNorm }) {
    return gradNorm !== null && Number.isFinite(gradNorm);
}
function isScaled(checkpoint) {
    return checkpoint.fileNamed('scaler.pt') !== null;
}
function longestStreak(norms) {
    let longest = [];
    let from = norms.findIndex((point) => !hasOddGradients(point));
    norms.forEach((point, at) => {
        if (!hasOddGradients(point))
            from = at + 1;
        else if (from > 0 && at + 1 - from > longest.length)
            longest = norms.slice(from, at + 1);
    });
    return longest;
}
function olderThan(end, log, subject) {
    const odd = tailOf(log.points, (point) => hasOddGradients(point) || (point.loss !== null && isDead(point, log)));
    const from = Math.min(log.points.length - odd.length, end[0] === undefined ? Infinity : log.points.indexOf(end[0]));
    const good = log.points[from - 1];
    if (good === undefined)
        return null;
    const isSafe = good.loss !== null && hasGradients(good);
    const older = subject.ofRun.findLast(({ step, isStepFolder }) => isStepFolder &&
        step !== null &&
        (step < good.step || (isSafe && step === good.step)));
    return older === undefined || older === subject ? null : older.path;
}
function tailOf(points, isSo) {
    const last = points.findLastIndex((point) => !isSo(point));
    return points.slice(last + 1);
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/mlx-config-invalid.js




const FIELDS = ['num_layers', 'lora_parameters'];
const PARAMETERS = ['rank', 'scale', 'dropout'];
const mlxConfigInvalid = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'mlx-config-invalid',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Configuration of an MLX adapter missing or not of MLX',
        why: 'mlx_lm reads adapter_config.json beside adapters.safetensors to know which layers to convert, and stops without it.',
        fix: 'Copy the adapter_config.json that the training wrote beside the weights, or train again with mlx_lm, which writes it before the first step.',
        since: '0.1.0',
    },
    messages: {
        missing: {
            text: (_) => 'The weights of an MLX adapter are there, adapter_config.json is not.',
            loaderErrors: () => [
                "FileNotFoundError: [Errno 2] No such file or directory: '…adapter_config.json'",
            ],
        },
        ...configJsonMessages('adapter_config.json', 'json.decoder.JSONDecodeError: …'),
        ofPeft: {
            text: ({ peftType }) => `adapter_config.json is PEFT's (peft_type "${peftType}"), the weights beside it are MLX's.`,
            why: 'PEFT and MLX use the same name for configurations of different formats; neither loads the weights of the other.',
            fix: "Put MLX's own adapter_config.json beside adapters.safetensors, or convert the weights to PEFT's names and shapes.",
            loaderErrors: () => [
                "AttributeError: 'types.SimpleNamespace' object has no attribute 'num_layers'",
            ],
        },
        fields: {
            text: ({ names }) => `adapter_config.json lacks ${listNames(names)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'mlx_lm takes the layers and the rank from there. Taken as: mlx_lm is to load it; other tools for MLX have formats of their own.',
            loaderErrors: ({ names: [name = ''] }) => [
                name.includes('.')
                    ? `KeyError: '${name.slice(name.indexOf('.') + 1)}'`
                    : `AttributeError: 'types.SimpleNamespace' object has no attribute '${name}'`,
            ],
        },
    },
    async run({ subject: { producer, folder, looseConfig: file }, report }) {
        if (producer !== 'MLX' || folder === null)
            return;
        if (file === null)
            return report('missing', {});
        const where = { path: file.path };
        const json = await file.json();
        if (!json.ok)
            return reportNotJson(file, json.defect, report);
        const fields = asObject(json.value);
        if (fields === null)
            return report('notAnObject', {}, where);
        const names = mlx_config_invalid_lackingIn(fields);
        const peftType = asString(fields.get('peft_type'));
        if (names.length === 0)
            return;
        if (peftType !== null)
            report('ofPeft', { peftType }, where);
        else
            report('fields', { names }, where);
    },
});
function mlx_config_invalid_lackingIn(fields) {
    if (asString(fields.get('fine_tune_type')) === 'full' || fields.has('rank'))
        return [];
    const parameters = asObject(fields.get('lora_parameters'));
    return [
        ...FIELDS.filter((name) => !fields.has(name)),
        ...PARAMETERS.filter((name) => parameters?.has(name) === false).map((name) => `lora_parameters.${name}`),
    ];
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/model-config-invalid.js



const modelConfigInvalid = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'model-config-invalid',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Model configuration invalid',
        why: 'from_pretrained reads config.json first and refuses the model with it. A cut or empty file means that the save did not end.',
        fix: 'Save again through model.save_pretrained(folder), or copy config.json from a sibling checkpoint of the same run.',
        since: '0.1.0',
    },
    messages: {
        ...configJsonMessages('config.json', "OSError: It looks like the config file at '…' is not a valid JSON file."),
    },
    async run({ subject: { model }, report }) {
        const file = model?.configFile ?? null;
        if (file === null)
            return;
        const json = await file.json();
        if (!json.ok)
            await reportNotJson(file, json.defect, report);
        else if (asObject(json.value) === null)
            report('notAnObject', {}, { path: file.path });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/model-config-missing.js


const modelConfigMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'model-config-missing',
        question: 'loads',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Model configuration missing',
        why: 'from_pretrained needs config.json to build the model before it can load the weights.',
        fix: 'Save through model.save_pretrained(folder), and unwrap the model first if it is wrapped.',
        since: '0.1.0',
    },
    messages: {
        bare: {
            text: ({ weights }) => `${weights} is there, config.json is not: a bare state dict. Taken as: code of your own loads it, since a Trainer saves a model of its own class so ("only saving its state dict").`,
            fix: 'If from_pretrained is to load it, save through save_pretrained and unwrap the model first. Set `expect: model` to make this an error.',
        },
        lost: {
            text: ({ weights, proof }) => `${weights} is there, config.json is not, though ${proof}.`,
            severity: 'error',
            confidence: 'proven',
            loaderErrors: () => [
                'ValueError: Unrecognized model in … Should have a `model_type` key in its config.json',
                'OSError: … does not appear to have a file named config.json',
            ],
        },
    },
    run({ subject, options, report }) {
        const { model } = subject;
        if (model?.configFile !== null || !model.needsConfig)
            return;
        const weights = weightsName(model);
        if (weights === null)
            return;
        const proof = proofOfConfig(subject, model, options.expect === 'model');
        if (proof !== null)
            report('lost', { weights, proof });
        else if (subject.holds !== 'adapter')
            report('bare', { weights });
    },
});
function weightsName(model) {
    return (model.single?.file.name ??
        model.indexFile?.name ??
        model.looseShards[0] ??
        null);
}
const stepWithConfig = oncePerRun((checkpoints) => checkpoints.find(({ isStepFolder, model }) => isStepFolder && model?.configFile != null));
function proofOfConfig(subject, model, isModelExpected) {
    if (isModelExpected)
        return 'a model was expected';
    if (model.hasGenerationConfig)
        return 'generation_config.json, which is written with it, is';
    if (!subject.isStepFolder)
        return null;
    const sibling = stepWithConfig(subject);
    return sibling === undefined ? null : `${sibling.path} has one`;
}

;// CONCATENATED MODULE: ./lib/core/layout/log-entry.js

function beginsAlike(log, digests) {
    const shared = log.slice(0, digests.length);
    return shared.every(({ digest }, at) => digest === digests[at]);
}
const OF_REWARDS = /^(?:reward|kl$|completions\/|objective\/)/;
function logEntry(node) {
    let step;
    let epoch;
    let loss;
    let gradNorm;
    let learningRate;
    let rewardZeroStd;
    let hasReward = false;
    for (const { key, node: value } of node.kind === 'object'
        ? node.entries
        : []) {
        if (key === 'step')
            step = value;
        else if (key === 'epoch')
            epoch = value;
        else if (key === 'loss')
            loss = value;
        else if (key === 'grad_norm')
            gradNorm = value;
        else if (key === 'learning_rate')
            learningRate = value;
        else if (key === 'frac_reward_zero_std')
            rewardZeroStd = value;
        else if (OF_REWARDS.test(key))
            hasReward = true;
    }
    return {
        step: log_entry_numberIn(step),
        epoch: log_entry_numberIn(epoch),
        loss: log_entry_numberIn(loss),
        gradNorm: log_entry_numberIn(gradNorm),
        learningRate: log_entry_numberIn(learningRate),
        hasReward,
        rewardZeroStd: log_entry_numberIn(rewardZeroStd),
        digest: digestOf(node),
    };
}
function log_entry_numberIn(node) {
    if (node?.kind !== 'number' && node?.kind !== 'string')
        return null;
    const text = node.kind === 'number' ? node.lexeme : node.value.trim();
    const number = text === '' ? NaN : Number(text);
    return Number.isNaN(number) ? wordNumber(text) : number;
}
function wordNumber(text) {
    if (/^nan$/i.test(text))
        return NaN;
    const [, sign, isInfinite] = /^([-+]?)(inf(?:inity)?)$/i.exec(text) ?? [];
    if (isInfinite === undefined)
        return null;
    return sign === '-' ? -Infinity : Infinity;
}
function digestOf(node) {
    const hash = new TextHash();
    mixNode(hash, node);
    return hash.digest();
}
function mixNode(hash, node) {
    switch (node.kind) {
        case 'object':
            hash.text('{');
            for (const { key, node: value } of node.entries) {
                hash.text(key);
                mixNode(hash, value);
            }
            return hash.text('}');
        case 'array':
            hash.text('[');
            for (const item of node.items)
                mixNode(hash, item);
            return hash.text(']');
        case 'number':
            return hash.text(node.lexeme);
        case 'string':
            hash.code(0x22);
            return hash.text(node.value);
        case 'boolean':
            return hash.text(node.value ? 'true' : 'false');
        case 'null':
            return hash.text('null');
    }
}

;// CONCATENATED MODULE: ./lib/core/layout/log-continuation.js


const foldersOfSteps = oncePerRun((checkpoints) => {
    const folders = new Map();
    for (const one of checkpoints)
        if (one.isStepFolder)
            folders.set(one.step, one);
    return folders;
});
function folderOfStep(checkpoint, step) {
    return foldersOfSteps(checkpoint).get(step);
}
async function goesOnWithLog(later, earlier) {
    const own = await later.trainerState?.brief();
    const before = await earlier.trainerState?.brief();
    if (!own?.ok || !before?.ok)
        return false;
    const log = own.value.log.entries;
    const digests = before.value.log.entries.map(({ digest }) => digest);
    return log.length > 0 && digests.length > 0 && beginsAlike(log, digests);
}

;// CONCATENATED MODULE: ./lib/core/layout/step-counts.js



async function step_counts_stepCountsOf(checkpoint) {
    const { step: named, trainerState } = checkpoint;
    if (named === null || trainerState === null)
        return null;
    if (!isOfOneProcess(checkpoint) || !isStateRead(checkpoint))
        return null;
    const state = await trainerState.brief();
    const said = state.ok ? state.value.globalStep : null;
    if (said === null || !Number.isSafeInteger(said))
        return null;
    const scheduler = await trainingIn(stateFileOf(checkpoint, 'scheduler'));
    const optimizer = await trainingIn(stateFileOf(checkpoint, 'optimizer'));
    const { isStepped, lastEpoch } = scheduler?.scheduler ?? {};
    return {
        named,
        said,
        scheduler: isStepped ? wholeOrNull(lastEpoch) : null,
        optimizer: wholeOrNull(optimizer?.optimizerSteps),
    };
}
function wholeOrNull(value) {
    return value != null && Number.isSafeInteger(value) && value >= 0
        ? value
        : null;
}
function isOfOneProcess(checkpoint) {
    const isOne = checkpoint.folder?.files.has('rng_state.pth') === true;
    return isOne && rngRanksOf(checkpoint).size === 0;
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/optimizer-state-mismatch.js







const optimizerStateMismatch = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'optimizer-state-mismatch',
        question: 'resumes',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Optimizer state of other parameters',
        why: 'An optimizer takes its state by the number of parameters in each of its groups, and refuses any other.',
        fix: 'Resume with the configuration that trained this checkpoint: the same modules, and the same of them trainable.',
        since: '0.1.0',
    },
    messages: {
        changed: {
            text: ({ name, groups, before, sibling, }) => `${name} holds ${groupWords(groups)}, that of ${sibling} before it ${groupWords(before)}.`,
            why: 'What is trained changed between the two: a script that can resume from the one cannot from the other. Taken as: one and the same script is to do both.',
            loaderErrors: () => [
                "ValueError: loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
                'ValueError: loaded state dict has a different number of parameter groups',
            ],
        },
        otherLayout: {
            text: ({ name, groups, before, sibling, steps, }) => `Training cannot go on from here as it was: ${name} holds ${groupWords(groups)}, ${optimizer_state_mismatch_isSame(groups, before) ? 'with states of other names or shapes than' : `and ${groupWords(before)} were in`} that of ${sibling} before it, though it is of one optimizer: it counts all ${formatNumber(steps)} steps of the training.`,
            settles: true,
            why: 'An optimizer keeps its groups and the shapes of its states as long as it lives, and takes no other. Taken as: the log of the training goes on from the one to the other, so that both are of one training.',
            fix: 'Resume from the checkpoint before it, or bring back the optimizer.pt of this step.',
            loaderErrors: () => [
                "ValueError: loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
                'ValueError: loaded state dict has a different number of parameter groups',
            ],
        },
        otherStep: {
            text: ({ name, taken, step, sibling, }) => `Training cannot go on from here as it was: ${name} counts ${formatNumber(taken)} steps, as that of ${sibling}; the training and its schedule have taken ${formatNumber(step)}.`,
            settles: true,
            why: 'A Trainer loads the moments of another step without a word and goes on with them. Taken as: optimizer and schedule take their steps together, as a Trainer has it.',
            fix: 'Bring back the optimizer.pt of this step, or resume from another checkpoint.',
        },
        fewer: {
            text: ({ name, states, parameters, sibling, }) => `Training cannot go on from here as it was: ${name} holds the states of ${formatNumber(states)} of ${formatCount(parameters, 'parameter')}; ${sibling} before it holds all.`,
            settles: true,
            why: 'An optimizer takes a state that lacks parameters without a word, and begins anew for those: what it had gathered of them is lost. Taken as: what was trained before is trained still.',
            fix: 'Resume from the checkpoint before it, or bring back the whole optimizer.pt.',
        },
        otherShapes: {
            text: ({ name, own, shapes, }) => `${name} holds states of the shapes ${listNames(own)}; the matrices of the adapter have ${listNames(shapes)}, none of which is among them.`,
            why: 'The optimizer loads such a state. At its first step it ends, since the shapes do not fit; a fused one may go on with the moments of other parameters. Taken as: the optimizer is the one that trained this adapter.',
            fix: 'Look whether optimizer.pt was left by an earlier run with another rank or other modules; take the one of this run, or move it away to go on with a fresh optimizer.',
            loaderErrors: () => [
                'RuntimeError: The size of tensor a (…) must match the size of tensor b (…) at non-singleton dimension …',
            ],
        },
    },
    async run({ subject, report }) {
        if (!isStateRead(subject))
            return;
        const file = stateFileOf(subject, 'optimizer');
        const own = (await trainingIn(file))?.optimizer ?? null;
        if (file === null || own === null)
            return;
        const { name, path } = file.file;
        const step = await otherStepOf(subject);
        if (step !== null)
            return report('otherStep', { name, ...step }, { path });
        const found = await heldAgainstSibling(subject, own);
        if (found !== null) {
            const { message, ...data } = found;
            return report(message, { name, ...data }, { path });
        }
        const shapes = await strangeShapes(subject, own);
        if (shapes !== null)
            report('otherShapes', { name, own: [...(own.shapes ?? [])], shapes }, { path });
    },
});
async function heldAgainstSibling(subject, own) {
    const sibling = predecessorOf(subject, 'optimizer');
    if (sibling === null || !isStateRead(sibling))
        return null;
    const file = stateFileOf(sibling, 'optimizer');
    const before = (await trainingIn(file))?.optimizer ?? null;
    if (before === null)
        return null;
    const isOfSame = optimizer_state_mismatch_isSame(own.groups, before.groups);
    const data = {
        groups: [...own.groups],
        before: [...before.groups],
        sibling: sibling.path,
    };
    const age = await ageOf(subject, own, sibling);
    if (age === 'anew')
        return null;
    if (age === null)
        return isOfSame ? null : { message: 'changed', ...data };
    const { states, parameters } = own;
    if (isOfSame && states < parameters && before.states >= before.parameters)
        return {
            message: 'fewer',
            states,
            parameters,
            sibling: sibling.path,
        };
    const isOther = own.isAdam && states === before.states && own.layout !== before.layout;
    return isOfSame && !isOther
        ? null
        : { message: 'otherLayout', ...data, steps: age };
}
async function otherStepOf(subject) {
    const counts = await step_counts_stepCountsOf(subject);
    if (counts?.optimizer == null)
        return null;
    const { optimizer: taken, scheduler, said: step } = counts;
    if (scheduler !== step || taken === step)
        return null;
    const sibling = folderOfStep(subject, taken);
    return sibling !== undefined &&
        (await isSameFile(subject, sibling, 'optimizer'))
        ? { taken, step, sibling: sibling.name }
        : null;
}
async function ageOf(subject, { isAdam, states }, sibling) {
    const counts = await step_counts_stepCountsOf(subject);
    if (counts === null)
        return null;
    const isEmptied = isAdam && states === 0;
    const taken = isEmptied ? counts.scheduler : counts.optimizer;
    if (taken === null)
        return null;
    if (taken < counts.said)
        return 'anew';
    const isOne = taken === counts.said && (await goesOnWithLog(subject, sibling));
    return isOne ? counts.said : null;
}
async function strangeShapes({ adapters, model, sharded }, { shapes }) {
    const [adapter, ...others] = adapters;
    const isWhole = shapes?.some((shape) => shape.includes('x')) ?? false;
    const hasShards = (sharded?.zero.length ?? 0) + (sharded?.dcp.length ?? 0) > 0;
    if (!adapter?.weights || others.length > 0 || model !== null)
        return null;
    if (!isWhole || hasShards)
        return null;
    const tensors = (await readTensorsIn(adapter.weights)) ?? [];
    const own = new Set(tensors
        .filter(({ name }) => /\.lora_[AB]\.weight$/.test(name))
        .map(({ shape }) => shape.join('x')));
    if (own.size === 0 || shapes?.some((shape) => own.has(shape)))
        return null;
    return [...own];
}
function optimizer_state_mismatch_isSame(left, right) {
    return (left.length === right.length && left.every((one, at) => one === right[at]));
}
const GROUPS_SHOWN = 4;
function groupWords(groups) {
    const sum = groups.reduce((all, one) => all + one, 0);
    const each = groups.length > 1 && groups.length <= GROUPS_SHOWN
        ? ` (${groups.map(formatNumber).join(' and ')})`
        : '';
    return `${formatCount(sum, 'parameter')} in ${formatCount(groups.length, 'group')}${each}`;
}

;// CONCATENATED MODULE: ./lib/core/layout/state-gap.js


async function findStateGap(checkpoint) {
    const asked = stateFilesOf(checkpoint).filter(({ need }) => need !== 'unread');
    if (asked.length > 0 && !isStateRead(checkpoint))
        return 'over a network the training state of one checkpoint a run is read where it is large, of the newest that has all its files';
    for (const one of asked) {
        const gap = await findFileGap(one);
        if (gap !== null)
            return gap;
    }
    return findKindGap(checkpoint);
}
async function findKindGap(checkpoint) {
    for (const asked of ['optimizer', 'scheduler']) {
        const sibling = predecessorOf(checkpoint, asked);
        if (sibling === null || !isStateRead(sibling))
            continue;
        const own = await trainingIn(stateFileOf(checkpoint, asked));
        const before = await trainingIn(stateFileOf(sibling, asked));
        if (own === null || before === null)
            continue;
        const isOther = asked === 'optimizer'
            ? isOtherKind(own.optimizer, before.optimizer)
            : own.scheduler?.isLambda !== before.scheduler?.isLambda;
        if (isOther)
            return `the ${asked} is of another kind than that of ${sibling.name} before it, and only a script with that kind takes it`;
    }
    return null;
}
function isOtherKind(own, before) {
    if (own === null || before === null)
        return false;
    const isSameSize = (own.keeps.length === 0) === (before.keeps.length === 0);
    const isShared = own.keeps.some((name) => before.keeps.includes(name));
    return !isSameSize || (own.keeps.length > 0 && !isShared);
}
async function findFileGap({ file, role, reading, }) {
    const read = await reading();
    if (read.kind !== 'read')
        return isOwnLimit(read.kind === 'foreign' ? '' : read.defect.code)
            ? `${file.name} is larger than what this version works through`
            : null;
    const { unknown, keys, optimizer, scheduler } = read.training;
    if (unknown !== null)
        return `of ${file.name} this version cannot tell whether its loader takes it: ${unknown}`;
    if (role === 'optimizer' && optimizer === null)
        return `${file.name} is not what the optimizers of torch keep, so that its own loader alone knows whether it is whole`;
    if (role === 'model' && !keys?.length)
        return `${file.name} holds no state dict that this version knows`;
    if (role === 'optimizer' && optimizer?.odd != null)
        return `${file.name} keeps ${optimizer.odd}, of which its loader makes nothing that this version knows`;
    if (role === 'scheduler' && scheduler === null)
        return `${file.name} is not what the schedulers of torch keep, so that its own loader alone knows whether it is whole`;
    if (role === 'scheduler' && scheduler?.hasOwn === false)
        return `${file.name} holds what all schedulers of torch keep, and nothing of its own kind, without which most do not load`;
    return null;
}
function isOwnLimit(code) {
    return (code === 'pickle-too-large' ||
        code === 'too-many-entries' ||
        code === 'directory-too-large');
}

;// CONCATENATED MODULE: ./lib/core/layout/lightning-file.js




function lightningFileOf({ folder, loose, }) {
    const file = folder === null ? loose[0]?.file : undefined;
    return file?.name.endsWith('.ckpt') ? file : null;
}
const readingOf = oncePer((file) => memoise(async () => {
    try {
        return await readByContent(file, { rules: 'weights-only', role: 'any' });
    }
    finally {
        file.forget();
    }
}));
async function readLightning(file) {
    const read = await readingOf(file)();
    return read.kind === 'read' && read.training.unknown === null
        ? read.training.lightning
        : null;
}
function missingStates({ optimizers, schedulers, }) {
    return [
        ...(optimizers === null ? ['optimizer_states'] : []),
        ...(schedulers === null ? ['lr_schedulers'] : []),
    ];
}
async function findLightningLoadGap(file) {
    const { name } = file;
    const read = await readingOf(file)();
    switch (read.kind) {
        case 'foreign':
            return `what ${name} holds could not be read as a torch file`;
        case 'zip-defect':
            return `${name} could not be opened as a torch file`;
        case 'pickle-defect':
            return pickleWords(name, read.defect);
        case 'read':
            break;
    }
    const { unknown, lightning } = read.training;
    if (unknown !== null)
        return `of ${name} this version cannot tell whether torch loads it: ${unknown}`;
    if (lightning === null)
        return `${name} holds no pytorch-lightning_version, by which Lightning knows its own files`;
    return lightning.hasWeights
        ? null
        : `${name} holds no state_dict, from which Lightning takes the weights`;
}
function pickleWords(name, defect) {
    if (isOwnLimit(defect.code))
        return `the pickle of ${name} takes more than is worked through`;
    return defect.code === 'refused'
        ? `${name} holds more than tensors and plain values, which torch loads for Lightning where weights_only=False is said`
        : `the pickle of ${name} could not be read`;
}
async function findLightningGap(checkpoint) {
    const file = checkpoint.producer === 'Lightning' ? lightningFileOf(checkpoint) : null;
    if (file === null)
        return null;
    const gap = await findLightningLoadGap(file);
    const facts = gap === null ? await readLightning(file) : null;
    if (facts === null)
        return gap;
    const missing = missingStates(facts);
    if (missing.length > 0)
        return `${file.name} holds no ${missing.join(' and no ')}`;
    const { optimizers, hasFitLoop } = facts;
    if (!hasFitLoop)
        return `${file.name} holds no progress of the fit (loops), without which Lightning since 1.6 counts its steps from 0`;
    if (!optimizers?.length)
        return `${file.name} keeps the state of no optimizer`;
    const odd = optimizers.find((one) => one?.odd != null)?.odd ?? null;
    if (odd !== null)
        return `${file.name} keeps ${odd}`;
    return optimizers.includes(null)
        ? `${file.name} keeps an optimizer's state in another form than torch's, so that its own loader alone knows whether it is whole`
        : null;
}

;// CONCATENATED MODULE: ./lib/core/layout/lightning-run.js



const lightningSavesOf = oncePer(async (checkpoints) => {
    const saves = [];
    for (const checkpoint of checkpoints) {
        const file = lightningFileOf(checkpoint);
        const facts = file === null ? null : await readLightning(file);
        if (file !== null && facts !== null)
            saves.push({
                checkpoint,
                name: file.name,
                missing: missingStates(facts),
                isBare: facts.optimizers === null,
            });
    }
    return saves;
});
async function isOfBareRun(checkpoint) {
    if (lightningFileOf(checkpoint) === null)
        return false;
    try {
        const saves = await lightningSavesOf(checkpoint.ofRun);
        return (saves.some((one) => one.checkpoint === checkpoint) &&
            saves.every(({ isBare }) => isBare));
    }
    catch (error) {
        if (error instanceof bytes_reader/* SourceError */.c8)
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/optimizer-state-missing.js




const OPTIMIZER = 'optimizer.pt';
const optimizerStateMissing = defineCheck({
    altitude: 'run',
    meta: {
        id: 'optimizer-state-missing',
        question: 'resumes',
        severity: 'warning',
        confidence: 'proven',
        title: 'Optimizer or scheduler state missing',
        why: 'A Trainer loads optimizer and scheduler only where both are there. Else it starts both anew and says nothing: the learning rate begins again as at the first step, and what the optimizer had gathered is lost.',
        fix: 'Resume from a checkpoint that has both, or bring the missing file back. The weights can be loaded from here all the same.',
        since: '0.1.0',
    },
    messages: {
        half: {
            text: ({ there, missing }) => `Training cannot go on from here as it was: ${there} is there, ${missing} is not.`,
            settles: true,
        },
        folder: {
            text: ({ name }) => `Training cannot go on from here: ${name} is a folder, where a Trainer reads a file.`,
            settles: true,
            why: 'A Trainer takes a folder with `optimizer` in its name for the state of FSDP, and ends where it opens it as a file.',
            fix: 'Resume from a checkpoint that has the file, or move the folder away: a Trainer then goes on with a fresh optimizer and its schedule from the start, and says nothing of it.',
            loaderErrors: ({ name }) => [
                `IsADirectoryError: [Errno 21] Is a directory: '…${name}'`,
            ],
        },
        both: {
            text: ({ sibling }) => `Training cannot go on from here as it was: the states of optimizer and scheduler are not there, though ${sibling} has them.`,
            settles: true,
        },
        lightning: {
            text: ({ name, missing, sibling, }) => `Training cannot go on from ${name}: it holds no ${missing.join(' and no ')}, though ${sibling} ${missing.length === 1 ? 'does' : 'has both'}.`,
            settles: true,
            confidence: 'inferred',
            why: 'A resume of Lightning restores them and ends where they are not there. Taken as: all files of the run were meant to be resumed from; one that saves the best weights alone (save_weights_only=True) is whole as it is.',
            fix: ({ sibling }) => `Resume from ${sibling}, or save without save_weights_only. The weights can be loaded from here all the same.`,
            loaderErrors: ({ missing }) => [
                `KeyError: 'Trying to restore ${missing[0] === 'lr_schedulers' ? 'learning rate scheduler' : 'optimizer'} state but checkpoint contains only the model. This is probably due to \`ModelCheckpoint.save_weights_only\` being set to \`True\`.'`,
            ],
        },
        'lightning-none': {
            text: ({ files }) => `No file of Lightning's in this run (${formatCount(files, 'file')}) has the state of an optimizer, as with save_weights_only=True.`,
            severity: 'notice',
            why: 'The weights can be used, but training can only begin anew from them: a resume (ckpt_path) ends where it looks for that state.',
            fix: 'If training is to go on from a checkpoint one day, save without save_weights_only.',
        },
        'none-kept': {
            text: (_) => 'No checkpoint of this run has the state of an optimizer or scheduler, as with save_only_model=True.',
            severity: 'notice',
            why: 'The weights can be used, but training can only begin anew from them: with a new optimizer, and a learning rate that begins as at the first step.',
            fix: 'If training is to go on from a checkpoint one day, save without save_only_model.',
        },
    },
    async run({ subject: { path: run, checkpoints }, report }) {
        await sayOfLightning({ run, checkpoints }, report);
        const saves = checkpoints
            .filter(isTrainerSave)
            .map((one) => ({ ...one, ...statePairOf(one) }));
        if (saves.length > 0 && saves.every(isBare)) {
            report('none-kept', {}, { path: run });
            return;
        }
        const whole = saves.findLast(({ isWhole }) => isWhole);
        for (const { path, producer, ...pair } of saves) {
            if (pair.isWhole || (producer === 'FSDP' && whole !== undefined))
                continue;
            const where = { path, checkpoint: path };
            if (pair.folder?.folders.has(OPTIMIZER) === true)
                report('folder', { name: OPTIMIZER }, where);
            else if (!isBare(pair))
                report('half', halfOf(pair), where);
            else if (whole !== undefined)
                report('both', { sibling: whole.path }, where);
        }
    },
});
async function sayOfLightning({ run, checkpoints, }, report) {
    const saves = await lightningSavesOf(checkpoints[0]?.ofRun ?? []);
    const whole = saves.findLast(({ missing }) => missing.length === 0);
    if (whole === undefined) {
        if (saves.length > 0 && saves.every((one) => one.isBare))
            report('lightning-none', { files: saves.length }, { path: run });
        return;
    }
    const sibling = whole.checkpoint.path;
    for (const { checkpoint, name, missing } of saves.filter(isIncomplete))
        report('lightning', { name, missing: [...missing], sibling }, { path: checkpoint.path, checkpoint: checkpoint.path });
}
function isIncomplete({ missing }) {
    return missing.length > 0;
}
function isBare({ isWhole, optimizer, scheduler }) {
    return !isWhole && optimizer === null && scheduler === null;
}
function halfOf({ optimizer, scheduler }) {
    return optimizer === null
        ? { there: scheduler ?? '', missing: OPTIMIZER }
        : { there: optimizer, missing: 'scheduler.pt' };
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/peft-type-unknown.js



const peftTypeUnknown = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'peft-type-unknown',
        question: 'loads',
        severity: 'warning',
        confidence: 'inferred',
        title: 'PEFT type unknown',
        why: 'PEFT 0.21.0 refuses a type that it does not know. Taken as: a newer PEFT, or a fork, knows it.',
        fix: 'Load it with the PEFT that saved it; if that is PEFT 0.21.0 or older, correct peft_type (it is written in capitals).',
        since: '0.1.0',
    },
    messages: {
        spelling: {
            text: ({ peftType }) => `adapter_config.json names the type ${peftType}, which PEFT writes ${peftType.toUpperCase()}.`,
            severity: 'error',
            confidence: 'proven',
            why: 'PEFT looks the name up as it stands, and refuses the adapter.',
            fix: 'Write peft_type in capitals, or save again through model.save_pretrained(folder).',
            loaderErrors: ({ peftType }) => [`KeyError: '${peftType}'`],
        },
        unknown: {
            text: ({ peftType }) => `adapter_config.json names the type ${peftType}, which PEFT 0.21.0 does not have.`,
            loaderErrors: ({ peftType }) => [`KeyError: '${peftType}'`],
        },
        untabled: {
            text: ({ peftType }) => `This version does not know the keys of ${peftType}: which tensors PEFT would match, and whether their shapes fit, was not examined.`,
            severity: 'notice',
            confidence: 'proven',
            why: 'What was examined of the adapter are its files, formats, headers and configuration.',
            fix: 'Look in the output of PEFT, when it loads the adapter, for a warning about missing keys.',
        },
    },
    async run({ subject: { adapters }, report }) {
        for (const adapter of adapters) {
            const config = await adapter.config();
            const message = config?.ok ? messageOf(config.value) : null;
            if (!config?.ok || message === null)
                continue;
            const { peftType } = config.value;
            const path = adapter.configFile?.path ?? adapter.path;
            report(message, { peftType }, { path });
        }
    },
});
function messageOf({ peftType, isKnownType }) {
    if (isKnownType)
        return findTypeRule(peftType) === null ? 'untabled' : null;
    const isSpelling = findRankRule(peftType.toUpperCase()) !== null;
    return isSpelling ? 'spelling' : 'unknown';
}

;// CONCATENATED MODULE: ./lib/core/layout/frameworks.js

const LAST_CHECKPOINT = {
    names: TRAINER_FOLDER,
    within: null,
};
function shellWord(text) {
    return /^[\w./:@%+=,][\w./:@%+=,-]*$/.test(text)
        ? text
        : `'${text.replaceAll("'", String.raw `'\''`)}'`;
}
const quoted = (text) => JSON.stringify(text);
const TRAINER = {
    name: 'transformers Trainer',
    pass: (path) => `trainer.train(resume_from_checkpoint=${quoted(path)})`,
    newest: LAST_CHECKPOINT,
};
const FRAMEWORKS = new Map([
    ['transformers Trainer', TRAINER],
    [
        'ms-swift',
        {
            name: 'ms-swift',
            pass: (path) => `--resume_from_checkpoint ${shellWord(path)}`,
            newest: null,
        },
    ],
    [
        'axolotl',
        {
            name: 'axolotl',
            pass: (path) => `resume_from_checkpoint: ${quoted(path)}`,
            newest: LAST_CHECKPOINT,
        },
    ],
    [
        'LLaMA-Factory',
        {
            name: 'LLaMA-Factory',
            pass: (path) => `resume_from_checkpoint: ${quoted(path)}`,
            newest: LAST_CHECKPOINT,
        },
    ],
    [
        'accelerate',
        {
            name: 'accelerate',
            pass: (path) => `accelerator.load_state(${quoted(path)})`,
            newest: { names: /^checkpoint_(\d{1,4300})$/, within: 'checkpoints' },
        },
    ],
    [
        'diffusers LoRA',
        {
            name: 'diffusers',
            pass: (path) => `--resume_from_checkpoint ${shellWord(path)}`,
            newest: LAST_CHECKPOINT,
        },
    ],
    [
        'kohya state',
        {
            name: 'sd-scripts (kohya)',
            pass: (path) => `--resume ${shellWord(path)}`,
            newest: null,
        },
    ],
    [
        'Lightning',
        {
            name: 'Lightning',
            pass: (path) => `trainer.fit(model, ckpt_path=${quoted(path)})`,
            newest: null,
        },
    ],
    [
        'DeepSpeed ZeRO',
        {
            name: 'DeepSpeed',
            pass: (path) => {
                const cut = path.lastIndexOf('/');
                const folder = cut < 0 ? '.' : path.slice(0, cut) || '/';
                return `engine.load_checkpoint(${quoted(folder)}, tag=${quoted(path.slice(cut + 1))})`;
            },
            newest: null,
        },
    ],
]);
const DEEPSPEED_FOLDER = {
    name: 'DeepSpeed',
    pass: (path) => `engine.load_checkpoint(${quoted(path)})`,
    newest: null,
};
const ENGINES = new Set(['DeepSpeed ZeRO', 'FSDP']);
function frameworkOf(checkpoint) {
    const { producer, folder, isStepFolder, sharded, path } = checkpoint;
    const known = FRAMEWORKS.get(producer) ?? null;
    const names = [...(folder?.files.keys() ?? [])];
    if (known === null || ENGINES.has(producer)) {
        if (isStepFolder && names.some((name) => isTrainerStateName(name)))
            return TRAINER;
        if (names.some((name) => ACCELERATE_RANDOM_STATES.test(name)))
            return FRAMEWORKS.get('accelerate') ?? null;
    }
    const isTag = sharded?.zero.some((tag) => tag.path === path) === true;
    return producer === 'DeepSpeed ZeRO' && !isTag ? DEEPSPEED_FOLDER : known;
}

;// CONCATENATED MODULE: ./lib/core/layout/resume-advice.js



function newestWith(all, question) {
    const good = all.filter(({ answers }) => ['yes', 'doubtful'].includes(answers[question].value));
    const stepped = good.filter(({ step, path }) => step !== null || hugeStepIn(tree_nameOf(path)) !== null);
    const asked = stepped.length > 0 ? stepped : good;
    const sound = question === 'resumes' ? asked.filter(hasSoundWeights) : asked;
    return sound.at(-1) ?? asked.at(-1) ?? null;
}
function hasSoundWeights({ answers, }) {
    return answers.trained.value !== 'no';
}
function resumableOf({ judged, }) {
    const rows = judged.map((one) => ({
        step: one.checkpoint.step,
        path: one.checkpoint.path,
        answers: one.answers,
        one,
    }));
    return newestWith(rows, 'resumes')?.one ?? null;
}
function findBlocked(run) {
    const best = resumableOf(run);
    const framework = best === null ? null : frameworkOf(best.checkpoint);
    if (best === null || framework === null)
        return null;
    const inTheWay = blockersOf(run, best, framework.newest);
    const blockers = inTheWay.map(({ checkpoint }) => checkpoint);
    const commands = blockers
        .filter(isOnThisMachine)
        .map((one) => moveCommand(one, framework.newest));
    const isUnsound = inTheWay[0] !== undefined && inTheWay[0].answers.resumes.value !== 'no';
    return { from: best.checkpoint, framework, blockers, isUnsound, commands };
}
function blockersOf({ judged }, best, newest) {
    if (newest?.names.test(best.checkpoint.name) !== true)
        return [];
    const { within } = newest;
    if (within !== null && nameAbove(best.checkpoint) !== within)
        return [];
    const found = judged
        .flatMap((one) => resume_advice_numberOf(one, newest.names))
        .sort(byNumber);
    const end = found.findIndex(({ one }) => one === best || !isInTheWay(one, best));
    return found.slice(0, end === -1 ? undefined : end).map(({ one }) => one);
}
function nameAbove({ folder, run }) {
    return folder?.path.split('/').at(-2) ?? tree_nameOf(run);
}
function isInTheWay(one, best) {
    const isWorse = hasSoundWeights(best) && !hasSoundWeights(one);
    return one.answers.resumes.value === 'no' || isWorse;
}
function resume_advice_numberOf(one, names) {
    const { folder, name } = one.checkpoint;
    const digits = folder === null ? undefined : names.exec(name)?.[1];
    return digits === undefined ? [] : [{ one, number: BigInt(digits) }];
}
function byNumber(left, right) {
    if (left.number === right.number)
        return 0;
    return left.number < right.number ? 1 : -1;
}
function moveCommand({ path, name }, newest) {
    const beside = above(path);
    const place = newest?.within == null ? beside : above(beside.slice(0, -1));
    return `mv -- ${shellWord(path)} ${shellWord(`${place}broken-${name}`)}`;
}
function above(path) {
    return path.slice(0, path.length - tree_nameOf(path).length);
}
function adviseResume(run) {
    const blocked = findBlocked(run);
    const framework = blocked?.framework ?? lastFramework(run);
    if (framework === null)
        return null;
    const from = blocked?.from ?? null;
    return {
        framework: framework.name,
        from: from?.path ?? null,
        pass: from !== null && isOnThisMachine(from) ? framework.pass(from.path) : null,
        blockedBy: (blocked?.blockers ?? []).map(({ path }) => path),
        moveAway: blocked?.commands ?? [],
    };
}
function isOnThisMachine({ medium }) {
    return medium.isUpload !== true && medium.mark === undefined;
}
function lastFramework({ judged }) {
    const known = judged
        .map(({ checkpoint }) => frameworkOf(checkpoint))
        .filter((framework) => framework !== null);
    return known.at(-1) ?? null;
}

;// CONCATENATED MODULE: ./lib/core/layout/save-phase.js



const WRITE_ORDER = [
    /^(?:README\.md|config\.json)$/,
    /^generation_config\.json$/,
    SAFETENSORS_TEMPORARY,
    /^(?:adapter_model|model|pytorch_model)(?:-\d{5,6}-of-\d{5,6})?\.(?:safetensors|bin)$/,
    /^(?:adapter_config\.json|(?:model\.safetensors|pytorch_model\.bin)\.index\.json)$/,
    /^(?:tokenizer.*|vocab\..*|merges\.txt|special_tokens_map\.json|added_tokens\.json|.*processor_config\.json|chat_template\..*)$/,
    /^training_args\.bin$/,
    /^(?:optimizer\.pt|optimizer\.bin|pytorch_model_fsdp.*)$/,
    /^scheduler\.pt$/,
    /^scaler\.pt$/,
    /^rng_state(?:_0)?\.pth$/,
    /^trainer_state\.json$/,
];
const ALWAYS = [
    'training_args.bin',
    'optimizer.pt',
    'scheduler.pt',
    'rng_state.pth',
    TRAINER_STATE,
];
function savePhaseOf(checkpoint) {
    const { folder } = checkpoint;
    const last = folder === null ? null : lastWritten(folder);
    if (folder === null || last === null || last === TRAINER_STATE)
        return null;
    if (folder.folders.has(TRAINER_STATE))
        return null;
    return {
        last,
        sizeBytes: folder.files.get(last)?.sizeBytes ?? 0,
        next: nextAfter(save_phase_placeOf(last), namesOfWhole(checkpoint)),
    };
}
function lastOfUnended(checkpoint) {
    const { isStepFolder, trainerState } = checkpoint;
    const isTrainers = hasTrainersOwn(checkpoint) || isTrainersRun(checkpoint);
    if (!isStepFolder || trainerState !== null || !isTrainers)
        return null;
    return savePhaseOf(checkpoint)?.last ?? null;
}
function showsSave(checkpoint) {
    const names = [...(checkpoint.folder?.files.keys() ?? [])];
    const last = savePhaseOf(checkpoint)?.last ?? '';
    return names.some(isTrainingStateName) || SAFETENSORS_TEMPORARY.test(last);
}
function phaseWords({ last, sizeBytes, next }) {
    if (SAFETENSORS_TEMPORARY.test(last))
        return `the save died while writing the weights (${last} is their temporary file)`;
    return sizeBytes === 0
        ? `the save died while writing ${last} (0 bytes)`
        : `the save died after it had begun ${last} and before it began ${next}`;
}
function lastWritten({ files }) {
    let last = null;
    for (const name of [...files.keys()].sort())
        if (save_phase_placeOf(name) >= Math.max(0, last === null ? -1 : save_phase_placeOf(last)))
            last = name;
    return last;
}
function save_phase_placeOf(name) {
    return WRITE_ORDER.findIndex((pattern) => pattern.test(name));
}
function nextAfter(place, names) {
    const later = names
        .filter((name) => save_phase_placeOf(name) > place)
        .sort((left, right) => save_phase_placeOf(left) - save_phase_placeOf(right));
    return later[0] ?? TRAINER_STATE;
}
const namesOfWhole = oncePerRun((checkpoints) => {
    const whole = checkpoints.findLast(({ isStepFolder, trainerState }) => isStepFolder && trainerState !== null);
    return whole?.folder ? [...whole.folder.files.keys()].sort() : ALWAYS;
});

;// CONCATENATED MODULE: ./lib/core/checks/resumes/resume-blocked.js





const COMMANDS_SHOWN = 3;
const NOT_COPIED = / {2}|[`\p{C}\p{Zl}\p{Zp}]|::|##\[/u;
const resumeBlocked = defineCheck({
    altitude: 'judged',
    meta: {
        id: 'resume-blocked',
        question: 'resumes',
        severity: 'warning',
        confidence: 'proven',
        title: 'Newest checkpoint in the way of a resume',
        why: 'What finds the newest checkpoint by itself takes the highest number without looking inside: a Trainer with resume_from_checkpoint=True, accelerate in load_state without a path. So the resume fails, or begins anew, though an older checkpoint is whole.',
        fix: 'Move it out of the way, or name the older one yourself.',
        since: '0.1.0',
    },
    messages: {
        blocked: {
            text: ({ blockers, from, phase, }) => `A resume takes ${blockers[0] ?? ''}, and training cannot go on from it${phase === '' ? '' : ` (${phase})`}${restWords(blockers)}. The newest that it can go on from is ${from}.`,
            fix: movingAway,
        },
        blockedPerhapsSave: {
            text: ({ blockers, from, phase, }) => `A resume takes ${blockers[0] ?? ''}, and training cannot go on from it${restWords(blockers)}. The newest that it can go on from is ${from}. If ${blockers[0] ?? ''} is a save of the Trainer, ${phase}.`,
            confidence: 'inferred',
            why: 'What finds the newest checkpoint by itself takes the highest number without looking inside, as get_last_checkpoint does, which resume_from_checkpoint=True calls. So the resume fails, though an older checkpoint is whole. Taken as: the Trainer saved here, as at other steps; a folder that somebody made by hand is in the way all the same.',
            fix: movingAway,
        },
        unsound: {
            text: ({ blockers, from, }) => `A resume takes ${blockers[0] ?? ''}, and training should not go on from it (its weights are not sound, as an error tells)${restWords(blockers)}. The newest with sound weights is ${from}.`,
            why: 'What finds the newest checkpoint by itself takes the highest number without looking inside, as get_last_checkpoint does, which resume_from_checkpoint=True calls. Nothing fails: what is no number spreads to all that is trained and saved from there on, and of weights as before training the steps are lost.',
            fix: movingAway,
        },
    },
    run({ subject, report }) {
        const blocked = findBlocked(subject);
        const first = blocked?.blockers[0];
        if (blocked === null || first === undefined)
            return;
        const blockers = blocked.blockers.map(({ path }) => path);
        const from = blocked.from.path;
        const commands = blocked.commands.filter((command) => !NOT_COPIED.test(command));
        const where = { path: first.path };
        const phase = phaseOf(first);
        if (blocked.isUnsound)
            report('unsound', { blockers, from, commands }, where);
        else
            report(phase === '' || isSurelySave(first) ? 'blocked' : 'blockedPerhapsSave', { blockers, from, phase, commands }, where);
    },
});
function movingAway({ commands, from, }) {
    if (commands.length === 0)
        return `Move it out of the way, to a name that does not begin with checkpoint, or name ${from} as the checkpoint to resume from.`;
    return `Move it out of the way (${commandWords(commands)}), or name ${from} as the checkpoint to resume from.`;
}
function commandWords(commands) {
    const shown = commands
        .slice(0, COMMANDS_SHOWN)
        .map((command) => `\`${command}\``);
    const rest = commands.length - shown.length;
    return [
        shown.join(', '),
        ...(rest > 0 ? [`and ${formatNumber(rest)} more, in the report`] : []),
    ].join(' ');
}
function restWords([, ...others]) {
    if (others.length === 0)
        return '';
    return `, nor from ${listNames(others)}, which ${others.length === 1 ? 'comes' : 'come'} next`;
}
function isSurelySave(checkpoint) {
    return (showsSave(checkpoint) || checkpoint.folder?.files.has(SENTINEL) === true);
}
function phaseOf(checkpoint) {
    const phase = lastOfUnended(checkpoint) === null ? null : savePhaseOf(checkpoint);
    return phase === null ? '' : phaseWords(phase);
}

;// CONCATENATED MODULE: ./lib/core/layout/world-size.js

const PROCESSES_MAX = 100_000;
const world_size_DCP_DATA = /^__(\d{1,5})_\d+\.distcp$/;
async function provenWorldOf({ sharded, }) {
    try {
        return await mostOf(sharded);
    }
    catch (error) {
        if (error instanceof bytes_reader/* SourceError */.c8)
            return null;
        throw error;
    }
}
async function mostOf(sharded) {
    const found = [];
    for (const tag of sharded?.zero ?? [])
        found.push({ processes: await zeroWorldOf(tag), by: tag.name });
    for (const dcp of sharded?.dcp ?? [])
        found.push({ processes: await dcpWorldOf(dcp), by: dcp.name });
    return found.reduce((most, one) => one.processes > (most?.processes ?? 0) && one.processes <= PROCESSES_MAX
        ? one
        : most, null);
}
async function zeroWorldOf(tag) {
    const file = tag.fileNamed(tag.modelStates[0]?.name ?? '');
    const read = file === null ? null : await tag.stateOf(file);
    if (read?.kind !== 'whole')
        return 0;
    const modelRanks = new Set(tag.modelStates.map(({ modelRank }) => modelRank));
    const world = read.root.numbers.get('dp_world_size') ?? 0;
    return Number.isSafeInteger(world) ? world * modelRanks.size : 0;
}
async function dcpWorldOf({ metadata }) {
    const read = await metadata();
    if (!read?.ok)
        return 0;
    const ranks = [...read.value.files.keys()].flatMap((name) => world_size_DCP_DATA.exec(name)?.[1] ?? []);
    return ranks.reduce((most, rank) => Math.max(most, Number(rank) + 1), 0);
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/rng-state-missing.js




const MAX_RANKS = 10_000;
const rng_state_missing_MAX_NAMES = 100;
const rngStateMissing = defineCheck({
    altitude: 'run',
    meta: {
        id: 'rng-state-missing',
        question: 'resumes',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Random states missing',
        why: 'A process that does not find its file goes on with other random numbers: dropout and the order of the data are not what they would have been. Taken as: all processes of the run were to save theirs.',
        fix: 'If the very same continuation matters, gather what every node wrote, or resume from a checkpoint that has all; else nothing need be done.',
        since: '0.1.0',
    },
    messages: {
        absent: {
            text: (_) => 'The states of optimizer and scheduler are there, rng_state.pth is not.',
            why: 'A Trainer saves them together. Without the random states training goes on, though dropout and the order of the data are not what they would have been. Taken as: they were to be kept.',
        },
        gap: {
            text: ({ names, missing, found, }) => `${formatCount(found, 'file')} of random states ${found === 1 ? 'is' : 'are'} there; by their numbers ${formatNumber(missing)} more ${missing === 1 ? 'has' : 'have'} to be: ${listNames(names)}.`,
        },
        world: {
            text: ({ names, missing, found, processes, by, }) => `${formatCount(found, 'file')} of random states ${found === 1 ? 'is' : 'are'} there; by what ${by} holds, at least ${formatNumber(processes)} processes wrote this checkpoint, and ${formatNumber(missing)} more ${missing === 1 ? 'has' : 'have'} to be: ${listNames(names)}.`,
        },
        declared: {
            text: ({ found, declared }) => `The random states of ${formatCount(found, 'process', 'processes')} are there; ${formatNumber(declared)} are declared (world-size).`,
            confidence: 'proven',
            why: 'Each process of a Trainer saves its own. One that does not find its file goes on with other random numbers: dropout and the order of the data are not what they would have been.',
            fix: 'Gather what every node wrote, or correct `world-size` where the run had as many processes as there are files.',
        },
        fewer: {
            text: ({ found, before, after, }) => `The random states of ${formatCount(found, 'process', 'processes')} are there, of fewer than in ${before} and in ${after}.`,
        },
    },
    async run({ subject: { checkpoints }, options, report }) {
        const declared = options.declared.worldSize;
        const saves = checkpoints
            .filter(isTrainerSave)
            .map((one) => ({ one, ranks: rngRanksOf(one) }));
        for (const [at, { one, ranks }] of saves.entries()) {
            const where = { path: one.path, checkpoint: one.path };
            const found = ranks.size;
            const highest = [...ranks].reduce((most, rank) => Math.max(most, rank), -1);
            const [before, after] = [saves[at - 1], saves[at + 1]];
            if (found === 0) {
                const isSingle = one.folder?.files.has('rng_state.pth') === true;
                if (!isSingle && statePairOf(one).isWhole)
                    report('absent', {}, where);
            }
            else if (highest + 1 > found) {
                if (highest < MAX_RANKS)
                    report('gap', { ...lacking(ranks, highest + 1), found }, where);
            }
            else if (await isShortOfWorld(one, ranks, report))
                continue;
            else if (declared !== null && found !== declared)
                report('declared', { found, declared }, where);
            else if (before !== undefined &&
                after !== undefined &&
                found < before.ranks.size &&
                found < after.ranks.size)
                report('fewer', { found, before: before.one.path, after: after.one.path }, where);
        }
    },
});
async function isShortOfWorld(checkpoint, ranks, report) {
    const { path } = checkpoint;
    const found = ranks.size;
    const world = await provenWorldOf(checkpoint);
    if (world === null || world.processes <= found)
        return false;
    const { processes, by } = world;
    report('world', { ...lacking(ranks, processes), found, processes, by }, { path, checkpoint: path });
    return true;
}
function lacking(ranks, processes) {
    const names = Array.from({ length: processes }, (_, rank) => rank)
        .filter((rank) => !ranks.has(rank))
        .slice(0, rng_state_missing_MAX_NAMES)
        .map((rank) => `rng_state_${rank}.pth`);
    return { names, missing: processes - ranks.size };
}

;// CONCATENATED MODULE: ./lib/core/layout/ledger/spans.js

const SPAN_LEAST = 3;
function spansOf(steps) {
    const spans = [];
    let at = 0;
    while (at < steps.length) {
        const length = runLength(steps, at);
        const taken = length >= SPAN_LEAST ? length : 1;
        const [first = 0, second = first] = steps.slice(at, at + 2);
        const last = steps[at + taken - 1] ?? first;
        spans.push({ first, last, every: taken === 1 ? 0 : second - first });
        at += taken;
    }
    return spans;
}
function runLength(steps, from) {
    const [first = 0, second = first] = steps.slice(from, from + 2);
    let at = from + 1;
    while (at < steps.length &&
        steps[at] === first + (at - from) * (second - first))
        at += 1;
    return at - from;
}
function spanOf(first, last, every) {
    if (first > last)
        return null;
    return { first, last, every: first === last ? 0 : every };
}
function totalOf(spans) {
    return spans.reduce((sum, span) => sum + stepsIn(span), 0);
}
function spans_isIn({ first, last, every }, step) {
    if (every === 0)
        return step === first;
    return step >= first && step <= last && (step - first) % every === 0;
}
function spanWithout(span, steps) {
    const { first, last } = span;
    const every = span.every === 0 ? 1 : span.every;
    const left = [];
    let from = first;
    for (const step of steps) {
        if (!spans_isIn(span, step))
            continue;
        left.push(...[spanOf(from, step - every, every)].flatMap((one) => one ?? []));
        from = step + every;
    }
    left.push(...[spanOf(from, last, every)].flatMap((one) => one ?? []));
    return left;
}

;// CONCATENATED MODULE: ./lib/core/layout/ledger/account.js

function accountFor(training, { cadence, rule }, around) {
    const reached = reachedIn(training);
    const none = { reached, rotated: [], missing: [], unclaimed: [] };
    if (cadence === null || cadence.every < 1 || reached === null)
        return none;
    if (around.isAlone)
        return none;
    const due = training.facts.filter(({ step }) => step > 0 && step <= reached);
    const gaps = account_findGaps(due, cadence.every, reached).filter(({ before }) => before > 0 || !around.isCut);
    const spans = (some) => some.flatMap(({ first, last, every }) => spanWithout({ first, last, every }, around.steps));
    if (isByLimit(training, due, gaps))
        return { ...none, rotated: spans(gaps) };
    const older = spans(gaps.filter(({ before }) => before === 0));
    const absent = spans(gaps.filter(({ before }) => before > 0));
    const isClaimed = cadence.source === 'declared' ||
        (rule === 'steps' && totalOf(absent) <= due.length);
    if (isClaimed)
        return { ...none, rotated: older, missing: absent };
    const rotated = absent.length === 0 ? older : olderAsSeen(due);
    return { ...none, rotated, unclaimed: absent };
}
function olderAsSeen(due) {
    const [first, second] = due;
    if (first === undefined || second === undefined)
        return [];
    const every = second.step - first.step;
    const isSeen = due.every(({ step }, at) => step === first.step + at * every);
    const span = isSeen && first.step % every === 0
        ? spanOf(every, first.step - every, every)
        : null;
    return span === null ? [] : [span];
}
function reachedIn({ facts, counted }) {
    const certain = facts.filter(({ hasContent }) => hasContent);
    const steps = certain.length > 0 ? certain : facts;
    const last = steps.at(-1)?.step ?? null;
    if (last === null)
        return counted;
    return Math.max(last, counted ?? 0);
}
function account_findGaps(due, every, reached) {
    const gaps = [];
    let from = 0;
    const note = (below, before) => {
        const first = (Math.floor(from / every) + 1) * every;
        const last = (Math.ceil(below / every) - 1) * every;
        const span = spanOf(first, last, every);
        if (span !== null)
            gaps.push({ ...span, before });
    };
    for (const [at, { step }] of due.entries()) {
        note(step, at);
        from = step;
    }
    note(reached + 1, due.length);
    return gaps;
}
function isByLimit({ facts, rootStates }, due, gaps) {
    const last = gaps.at(-1);
    if (last === undefined)
        return true;
    const best = new Set([...rootStates, ...facts.flatMap(({ state }) => state ?? [])].flatMap(({ bestSteps }) => bestSteps));
    const older = due.slice(0, last.before).filter(({ isBroken }) => !isBroken);
    const areNewest = last.before < due.length;
    return (older.length <= 1 &&
        older.every(({ step }) => best.has(step)) &&
        (areNewest || older.length > 0));
}

;// CONCATENATED MODULE: ./lib/core/layout/ledger/pace.js
const KEEPERS_OF_THE_BEST = ['Lightning', 'NeMo'];
const LEAST_STEPS = 3;
function findPace({ facts }, declared) {
    if (declared.saveSteps !== null)
        return {
            cadence: { every: declared.saveSteps, source: 'declared' },
            rule: 'steps',
        };
    const told = facts.flatMap(({ step, state }) => state !== null && step > 0 ? [{ step, state }] : []);
    if (told.some(({ state }) => state.saveSteps !== null))
        return paceOfStates(told);
    return paceOfSteps(facts);
}
function paceOfStates(told) {
    if (isByBest(told))
        return { cadence: null, rule: 'best' };
    const bySteps = stepsOfStates(told);
    const byEpochs = stepsOfEpochs(told);
    if (byEpochs !== null && byEpochs >= (bySteps ?? 0))
        return byEpochs === bySteps
            ? { cadence: { every: bySteps, source: 'state' }, rule: 'steps' }
            : { cadence: { every: byEpochs, source: 'inferred' }, rule: 'epochs' };
    return bySteps === null || turnsToEpochs(told, bySteps)
        ? { cadence: null, rule: 'other' }
        : { cadence: { every: bySteps, source: 'state' }, rule: 'steps' };
}
function isByBest(told) {
    return (told.length >= LEAST_STEPS &&
        told
            .slice(0, -1)
            .every(({ step, state }) => state.bestSteps.includes(step)) &&
        !isEvenlySpaced(told.map(({ step }) => step)));
}
function isEvenlySpaced(steps) {
    const distances = steps.slice(1).map((step, at) => step - (steps[at] ?? 0));
    const [usual = 0] = distances;
    return (distances.slice(0, -1).every((distance) => distance === usual) &&
        (distances.at(-1) ?? 0) <= usual);
}
function stepsOfStates(told) {
    const every = told.at(-1)?.state.saveSteps ?? null;
    if (every === null || every < 1)
        return null;
    const isAtEnd = ({ step, state }, at) => at === told.length - 1 ||
        step === state.maxSteps ||
        state.hasEnded === true;
    const fits = told.every((one, at) => one.state.saveSteps === every &&
        (one.step % every === 0 || isAtEnd(one, at)));
    const isSeen = told.some(({ step }) => step % every === 0);
    return fits && isSeen ? every : null;
}
function stepsOfEpochs(told) {
    let length = null;
    for (const [at, { step, state }] of told.entries()) {
        const { epoch } = state;
        const isLast = at === told.length - 1 && at > 0;
        if (epoch === null || !(epoch > 0) || !Number.isFinite(epoch))
            return null;
        const whole = Math.round(epoch);
        const isEnd = whole > 0 && Math.abs(epoch - whole) * (step / epoch) < 0.5;
        const own = isEnd && step % whole === 0 ? step / whole : null;
        if (own === null || (length !== null && own !== length)) {
            if (isLast)
                break;
            return null;
        }
        length = own;
    }
    return length;
}
function turnsToEpochs(told, every) {
    const distanceTo = ({ step }, at) => step - (told[at - 1]?.step ?? 0);
    const last = told.at(-1);
    const saves = last?.state.hasEnded === true ? told.slice(0, -1) : told;
    const from = saves.findLastIndex((one, at) => distanceTo(one, at) <= every) + 1;
    const tail = saves.slice(from);
    const length = stepsOfEpochs(tail);
    if (from === 0 || tail.length < LEAST_STEPS || length === null)
        return false;
    return tail.every((one, at) => at === 0 || distanceTo(one, from + at) === length);
}
function paceOfSteps(facts) {
    const counted = facts.filter(({ step, hasContent }) => hasContent && step > 0);
    const unknown = { cadence: null, rule: 'unknown' };
    if (counted.some(({ producer }) => KEEPERS_OF_THE_BEST.includes(producer)))
        return { cadence: null, rule: 'best' };
    if (new Set(counted.map(({ shape }) => shape)).size > 1)
        return { cadence: null, rule: 'other' };
    if (counted.length < LEAST_STEPS || facts.some(({ isUnread }) => isUnread))
        return unknown;
    const every = counted
        .slice(0, -1)
        .reduce((divisor, { step }) => greatestDivisor(divisor, step), 0);
    return { cadence: { every, source: 'inferred' }, rule: 'steps' };
}
function greatestDivisor(left, right) {
    let [more, less] = [left, right];
    while (less > 0)
        [more, less] = [less, more % less];
    return more;
}

;// CONCATENATED MODULE: ./lib/core/layout/ledger/step-facts.js

function stepsOf({ judged, }) {
    const steps = new Map();
    for (const one of judged) {
        const { step } = one.checkpoint;
        if (step === null)
            continue;
        const same = steps.get(step) ?? [];
        same.push(one);
        steps.set(step, same);
    }
    return steps;
}
function stepFact(step, carriers, state) {
    const [first] = carriers;
    const path = first?.checkpoint.path ?? '';
    return {
        step,
        path,
        shape: (first?.checkpoint.name ?? '').replace(/\d+/g, '#'),
        producer: first?.checkpoint.producer ?? '',
        isBroken: carriers.every(step_facts_isBroken),
        hasContent: state !== null ||
            carriers.some(({ checkpoint }) => hasWeights(checkpoint)),
        state: state === null ? null : stateFacts(state),
        isUnread: state === null &&
            carriers.some(({ checkpoint }) => checkpoint.trainerState !== null),
    };
}
function stateFacts(state) {
    const { maxSteps, epoch, saveSteps, hasEnded, globalStep } = state;
    return {
        maxSteps: stepOrNull(maxSteps),
        epoch,
        saveSteps: stepOrNull(saveSteps),
        bestSteps: bestSteps(state),
        hasEnded,
        globalStep: stepOrNull(globalStep),
    };
}
function stepOrNull(value) {
    return value !== null && Number.isSafeInteger(value) && value >= 0
        ? value
        : null;
}
function lastLogged({ last }) {
    return stepOrNull(last?.step ?? null);
}
function bestSteps(state) {
    const named = /checkpoint-(\d{1,15})[\\/]*$/.exec(state.bestModelCheckpoint ?? '')?.[1];
    const best = stepOrNull(state.bestGlobalStep);
    return [
        ...(named === undefined ? [] : [Number(named)]),
        ...(best === null ? [] : [best]),
    ];
}
function step_facts_isBroken({ checkpoint, answers }) {
    const { loads, resumes } = answers;
    if (loads.value === 'no')
        return true;
    return resumes.value === 'no' && !keepsNoState(checkpoint);
}
function keepsNoState({ trainerState, folder, sharded, }) {
    if (trainerState === null || folder === null || sharded !== null)
        return false;
    return ![...folder.files.keys()].some((name) => isTrainingStateName(name) &&
        name !== TRAINER_STATE &&
        name !== 'training_args.bin');
}
function hasWeights({ holds }) {
    return holds !== 'nothing' && holds !== 'unknown';
}

;// CONCATENATED MODULE: ./lib/core/layout/ledger/trainings.js



const TRAININGS_MAX = 8;
async function findTrainings(run) {
    const drafts = [];
    const silent = [];
    const logless = [];
    for (const placed of await inTurn(run)) {
        const { step, carriers } = placed;
        const state = await trainings_stateOf(carriers);
        const fact = step === null ? null : stepFact(step, carriers, state);
        if (state === null) {
            if (fact !== null)
                silent.push(fact);
            continue;
        }
        if (state.log.last === null) {
            logless.push({ state, fact });
            continue;
        }
        const draft = drafts.find((one) => isEarlier(state.log, one)) ??
            (drafts.length === TRAININGS_MAX ? drafts.at(-1) : undefined) ??
            (await startDraft(carriers, state, drafts));
        trainings_place(draft, state, fact);
    }
    for (const { state, fact } of logless)
        trainings_place(drafts[0] ?? emptyDraft(drafts), state, fact);
    if (silent.length > 0)
        (drafts[0] ?? emptyDraft(drafts)).facts.push(...silent);
    return drafts.filter(({ facts }) => facts.length > 0).map(finish);
}
async function inTurn(run) {
    const placed = [];
    for (const [step, carriers] of stepsOf(run))
        placed.push({ step, carriers, at: step });
    for (const one of run.judged) {
        if (one.checkpoint.step !== null || !one.checkpoint.isRunRoot)
            continue;
        const state = await trainings_stateOf([one]);
        if (state === null)
            continue;
        const at = stepOrNull(state.globalStep) ?? 0;
        placed.push({ step: null, carriers: [one], at: at + 0.5 });
    }
    return placed.sort((left, right) => right.at - left.at);
}
function trainings_stateOf(carriers) {
    return firstState(carriers, (facts) => facts.brief());
}
async function firstState(carriers, read) {
    try {
        for (const { checkpoint } of carriers) {
            if (checkpoint.trainerState === null)
                continue;
            const state = await read(checkpoint.trainerState);
            if (state.ok)
                return state.value;
        }
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8) || error.code !== bytes_reader/* NAMES_ONLY */.Yg)
            throw error;
    }
    return null;
}
function isEarlier(log, draft) {
    const { entries, last, isWhole } = log;
    if (!beginsAlike(entries, draft.log))
        return false;
    if (!draft.isWhole)
        return true;
    if (entries.length > draft.log.length)
        return false;
    return isWhole || last === null || draft.logged.has(last.digest);
}
async function startDraft(carriers, brief, drafts) {
    const { log } = (await firstState(carriers, (facts) => facts.whole())) ?? brief;
    const digests = log.entries.map(({ digest }) => digest);
    const draft = {
        facts: [],
        rootStates: [],
        log: digests,
        logged: new Set(digests),
        isWhole: log.isWhole,
        counted: lastLogged(log),
    };
    drafts.push(draft);
    return draft;
}
function emptyDraft(drafts) {
    const draft = {
        facts: [],
        rootStates: [],
        log: [],
        logged: new Set(),
        isWhole: false,
        counted: null,
    };
    drafts.push(draft);
    return draft;
}
function trainings_place(draft, state, fact) {
    const counted = Math.max(draft.counted ?? 0, (fact === null ? stepOrNull(state.globalStep) : fact.step) ?? 0);
    draft.counted = counted;
    if (fact === null)
        draft.rootStates.push(stateFacts(state));
    else
        draft.facts.push(fact);
}
function finish({ facts, rootStates, counted }) {
    return {
        facts: facts.sort((left, right) => left.step - right.step),
        rootStates,
        counted,
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/ledger/run-ledger.js





function runSteps(run, declared) {
    const steps = [...stepsOf(run).keys()].sort((left, right) => left - right);
    return { steps, undelivered: undelivered(run, steps, declared) };
}
const once = oncePer((run) => oncePer((declared) => makeLedger(run, declared)));
function runLedger(run, declared) {
    return once(run)(declared);
}
async function makeLedger(run, declared) {
    const named = runSteps(run, declared);
    const around = {
        steps: named.steps,
        isCut: run.run.omitted > 0,
        isAlone: isAlone(run),
    };
    const trainings = (await findTrainings(run)).map((training) => {
        const pace = findPace(training, declared);
        return { ...training, ...pace, ...accountFor(training, pace, around) };
    });
    return { ...named, trainings };
}
function isAlone({ judged }) {
    const [only, ...others] = judged;
    return others.length === 0 && only?.checkpoint.folder?.path === '';
}
function undelivered({ run }, steps, { expectedSteps }) {
    const there = new Set(steps);
    const from = run.omitted > 0 ? (steps[0] ?? Infinity) : 0;
    return (expectedSteps ?? []).filter((step) => step >= from && !there.has(step));
}
function missingOf({ trainings }, source) {
    return trainings.filter(({ cadence, missing }) => cadence?.source === source && missing.length > 0);
}

;// CONCATENATED MODULE: ./lib/core/checks/step-words.js

const SPANS_KEPT = 100;
function keptSpans(spans) {
    return spans.slice(0, SPANS_KEPT).map((span) => ({ ...span }));
}
function keptSteps(steps) {
    return keptSpans(spansOf(steps));
}

;// CONCATENATED MODULE: ./lib/core/checks/progress/runs-mixed.js




const runsMixed = defineCheck({
    altitude: 'judged',
    meta: {
        id: 'runs-mixed',
        question: 'progress',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Checkpoints of several trainings in one folder',
        why: 'A Trainer that looks for the newest by itself resumes from the highest number, which may be of the older training, and a limit on the checkpoints that are kept deletes the lowest numbers, which may be of the newer. Taken as: a training that resumes goes on with the log that it finds, as the Trainer does.',
        fix: 'Give each training an output folder of its own. Move the checkpoints of the older one away, and name the checkpoint to resume from by its path.',
        since: '0.1.0',
    },
    messages: {
        mixed: {
            text: ({ trainings }) => `The log_history of ${formatCount(trainings.length, 'training')} is in the states here: ${joinWords(trainings.map(({ steps }, at) => `${formatSteps(steps)} ${at === 0 ? 'log one' : 'another'}`))}. The later states do not begin with what the earlier ones logged.`,
        },
    },
    async run({ subject, options: { declared }, report }) {
        const { trainings } = await runLedger(subject, declared);
        if (trainings.length < 2)
            return;
        report('mixed', {
            trainings: trainings.map(({ facts }) => ({
                steps: keptSteps(facts.map(({ step }) => step)),
            })),
        });
    },
});

;// CONCATENATED MODULE: ./lib/core/formats/safetensors/loader-errors.js
const loader_errors_PREFIX = 'Error while deserializing header: ';
function safetensorsLoaderErrors(defect) {
    const words = loader_errors_wordsOf(defect);
    return words === null ? [] : words.map((text) => loader_errors_PREFIX + text);
}
function loader_errors_wordsOf(defect) {
    switch (defect.code) {
        case 'header-too-small':
            return ['header too small', 'HeaderTooSmall'];
        case 'header-too-large':
            return ['header too large', 'HeaderTooLarge'];
        case 'header-beyond-file':
            return ['invalid header length', 'InvalidHeaderLength'];
        case 'not-read':
            return null;
        case 'invalid-utf8':
            return ['invalid UTF-8 in header', 'InvalidHeader'];
        case 'invalid-json':
        case 'header-not-an-object':
        case 'metadata-invalid':
        case 'entry-invalid':
        case 'dtype-unknown':
            return ['invalid JSON in header', 'InvalidHeaderDeserialization'];
        case 'offsets':
            return [
                `invalid offset for tensor \`${defect.tensor}\``,
                `InvalidOffset("${defect.tensor}")`,
            ];
        case 'overflow':
            return [
                'overflow computing buffer size from shape and/or element type',
                'ValidationOverflow',
            ];
        case 'misaligned':
            return ['The slice is slicing for subbytes dtypes', 'MisalignedSlice'];
        case 'size-mismatch':
            return [
                'invalid shape, data type, or offset for tensor',
                'TensorInvalidInfo',
            ];
        case 'truncated':
        case 'trailing':
            return [
                'incomplete metadata, file not fully covered',
                'MetadataIncompleteBuffer',
            ];
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/weights-content.js
function isOwnFormat(format, { kind }) {
    if (format === 'safetensors')
        return kind === 'safetensors' || kind === 'unknown';
    return kind === 'zip' || kind === 'torch-legacy';
}
const TORCH_UNPICKLING_ERROR = 'UnpicklingError: Weights only load failed.';

;// CONCATENATED MODULE: ./lib/core/checks/safetensors-defect.js


async function findSafetensorsDefect({ file, format, }) {
    if (format !== 'safetensors')
        return null;
    if (!isOwnFormat(format, await file.content()))
        return null;
    const header = await file.safetensors();
    return header.ok ? null : header.defect;
}
function safetensorsData({ file }, defect) {
    return { name: file.name, loaderErrors: safetensorsLoaderErrors(defect) };
}
function loaderErrorsOf({ loaderErrors, }) {
    return loaderErrors;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/safetensors-header-invalid.js




const FAULTS = {
    'not-an-object': 'is not described by an object',
    'missing-field': 'lacks one of dtype, shape and data_offsets',
    'duplicate-field': 'has one of dtype, shape and data_offsets twice',
    dtype: 'has a dtype that is not a text',
    shape: 'has a shape that is not a list of whole numbers',
    data_offsets: 'has data_offsets that are not two whole numbers',
};
const safetensorsHeaderInvalid = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'safetensors-header-invalid',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'safetensors header invalid',
        why: 'The header says which tensor is where. The loader refuses a file whose header it cannot read.',
        fix: 'The file was overwritten, damaged in transfer or written by a faulty tool: fetch it again and compare checksums, or save again.',
        since: '0.1.0',
    },
    messages: {
        length: {
            text: ({ name, header }) => `${name} begins with a header length of ${formatNumber(BigInt(header))} bytes; the loader takes at most 100,000,000.`,
            why: 'Either the first 8 bytes are not the start of a safetensors file, or it holds more tensors than the loader reads.',
            loaderErrors: loaderErrorsOf,
        },
        encoding: {
            text: ({ name, at }) => `The header of ${name} is not UTF-8 at its byte ${at}.`,
            loaderErrors: loaderErrorsOf,
        },
        json: {
            text: ({ name, words }) => `The header of ${name} ${words}.`,
            loaderErrors: loaderErrorsOf,
        },
        metadata: {
            text: ({ name, words }) => `The header of ${name} has a __metadata__ ${words}.`,
            fix: 'Metadata holds texts only: save it as {"key": "text"}. A tensor cannot be named __metadata__.',
            loaderErrors: loaderErrorsOf,
        },
        entry: {
            text: ({ name, tensor, words, }) => `In the header of ${name}, tensor ${tensor} ${words}.`,
            loaderErrors: loaderErrorsOf,
        },
        dtype: {
            text: ({ name, tensor, dtype, }) => `In the header of ${name}, tensor ${tensor} has the dtype ${dtype}, which safetensors 0.8.0 does not have.`,
            fix: 'If a newer safetensors wrote the file, load it with that version; else save again.',
            loaderErrors: loaderErrorsOf,
        },
    },
    async run({ subject, report }) {
        const defect = await findSafetensorsDefect(subject);
        if (defect === null)
            return;
        const data = safetensorsData(subject, defect);
        switch (defect.code) {
            case 'header-too-large':
                return report('length', { ...data, header: defect.headerBytes });
            case 'invalid-utf8':
                return report('encoding', { ...data, at: defect.at });
            case 'invalid-json':
                return report('json', { ...data, words: jsonDefectWords(defect.json) });
            case 'header-not-an-object':
                return report('json', { ...data, words: 'is not a JSON object' });
            case 'metadata-invalid':
                return report('metadata', {
                    ...data,
                    words: metadataWords(defect.key),
                });
            case 'entry-invalid': {
                const { tensor, fault } = defect;
                return report('entry', { ...data, tensor, words: FAULTS[fault] }, { tensor });
            }
            case 'dtype-unknown': {
                const { tensor, dtype } = defect;
                return report('dtype', { ...data, tensor, dtype }, { tensor });
            }
            default:
        }
    },
});
function metadataWords(key) {
    return key === null
        ? 'that is no object, or a second one'
        : `whose ${key} is not a text`;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/safetensors-not-canonical.js


const safetensorsNotCanonical = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'safetensors-not-canonical',
        question: 'loads',
        severity: 'warning',
        confidence: 'proven',
        title: 'safetensors header against the format text',
        why: 'safetensors 0.8.0 reads this file, but the text of the format rules it out, and other readers refuse it or read it differently.',
        fix: 'Load the file and save it again with safetensors itself.',
        since: '0.1.0',
    },
    messages: {
        duplicateTensor: {
            text: ({ name, tensors }) => `The header of ${name} describes a tensor twice: ${listNames(tensors)}. The loader keeps the last.`,
        },
        duplicateMetadata: {
            text: ({ name, keys }) => `The __metadata__ of ${name} has a key twice: ${listNames(keys)}. The loader keeps the last.`,
        },
        leadingSpace: {
            text: ({ name }) => `The header of ${name} begins with white space; the format wants a "{".`,
        },
        otherNotation: {
            text: ({ name, tensors }) => `The header of ${name} describes tensors in a notation that only the Rust reader takes: ${listNames(tensors)}.`,
        },
        unknownField: {
            text: ({ name, tensors }) => `The header of ${name} has fields besides dtype, shape and data_offsets: ${listNames(tensors)}.`,
        },
    },
    async run({ subject: { file, format }, report }) {
        if (format !== 'safetensors')
            return;
        const header = await file.safetensors();
        if (!header.ok)
            return;
        const { notes } = header.value;
        const { name } = file;
        const tensorsOf = (code) => notes.flatMap((note) => note.code === code && 'tensor' in note ? [note.tensor] : []);
        const say = (message, code) => {
            const tensors = [...new Set(tensorsOf(code))];
            if (tensors.length > 0)
                report(message, { name, tensors });
        };
        say('duplicateTensor', 'duplicate-tensor');
        say('otherNotation', 'other-notation');
        say('unknownField', 'unknown-field');
        const keys = notes.flatMap((note) => note.code === 'duplicate-metadata' ? [note.key] : []);
        if (keys.length > 0)
            report('duplicateMetadata', { name, keys });
        if (notes.some(({ code }) => code === 'leading-space'))
            report('leadingSpace', { name });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/safetensors-offsets-invalid.js


const safetensorsOffsetsInvalid = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'safetensors-offsets-invalid',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Holes or overlaps between tensors',
        why: 'Tensors have to follow each other without a gap from the first byte of the data on. The loader refuses anything else, since holes can hide data and overlaps share it.',
        fix: 'A faulty or home-made writer made this file: save again with safetensors itself.',
        since: '0.1.0',
    },
    messages: {
        hole: {
            text: ({ name, tensor, begin, expected }) => `In ${name}, tensor ${tensor} begins at byte ${begin} of the data where ${expected} was due: bytes in between belong to no tensor.`,
            loaderErrors: loaderErrorsOf,
        },
        overlap: {
            text: ({ name, tensor, begin, expected }) => `In ${name}, tensor ${tensor} begins at byte ${begin} of the data where ${expected} was due: it overlaps the tensor before it.`,
            loaderErrors: loaderErrorsOf,
        },
        reversed: {
            text: ({ name, tensor, begin, end }) => `In ${name}, tensor ${tensor} ends at byte ${end} of the data, before it begins at ${begin}.`,
            loaderErrors: loaderErrorsOf,
        },
    },
    async run({ subject, report }) {
        const defect = await findSafetensorsDefect(subject);
        if (defect?.code !== 'offsets')
            return;
        const { tensor, begin, end, expectedBegin, fault } = defect;
        const data = safetensorsData(subject, defect);
        report(fault, { ...data, tensor, begin, end, expected: expectedBegin }, { tensor });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/safetensors-size-mismatch.js



const safetensorsSizeMismatch = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'safetensors-size-mismatch',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Size and shape of a tensor disagree',
        why: 'A tensor takes as many bytes as its shape and dtype say. The loader refuses a file in which one does not.',
        fix: 'A faulty or home-made writer made this file: save again with safetensors itself.',
        since: '0.1.0',
    },
    messages: {
        size: {
            text: ({ name, tensor, dtype, shape, expected, found }) => `In ${name}, tensor ${tensor} of dtype ${dtype} and shape [${shape.join(', ')}] takes ${formatNumber(Number(expected))} bytes, but ${formatNumber(Number(found))} are set aside for it.`,
            loaderErrors: loaderErrorsOf,
        },
        overflow: {
            text: ({ name, tensor }) => `In ${name}, tensor ${tensor} has a shape whose size exceeds 64 bits.`,
            loaderErrors: loaderErrorsOf,
        },
        misaligned: {
            text: ({ name, tensor, bits, }) => `In ${name}, tensor ${tensor} takes ${bits} bits, which is no whole number of bytes.`,
            loaderErrors: loaderErrorsOf,
        },
    },
    async run({ subject, report }) {
        const defect = await findSafetensorsDefect(subject);
        if (defect === null)
            return;
        const data = safetensorsData(subject, defect);
        switch (defect.code) {
            case 'size-mismatch': {
                const { tensor, dtype, shape, expectedBytes, foundBytes } = defect;
                const sizes = { expected: expectedBytes, found: foundBytes };
                report('size', { ...data, tensor, dtype, shape, ...sizes }, { tensor });
                break;
            }
            case 'overflow':
                report('overflow', { ...data, tensor: defect.tensor }, { tensor: defect.tensor });
                break;
            case 'misaligned': {
                const { tensor, bits } = defect;
                report('misaligned', { ...data, tensor, bits }, { tensor });
                break;
            }
            default:
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/safetensors-trailing-bytes.js




const safetensorsTrailingBytes = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'safetensors-trailing-bytes',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'safetensors file longer than its header says',
        why: 'The loader refuses a file with bytes that belong to no tensor. Two writers on one file, or an append to an older one, leave such files.',
        fix: 'Let one process write the file (gate the save on the main process), delete it and save again.',
        since: '0.1.0',
    },
    messages: {
        trailing: {
            text: ({ name, bytes, expected, }) => `${name} should end at byte ${formatNumber(expected)} and goes on for ${exactBytes(bytes - expected)}.`,
            loaderErrors: loaderErrorsOf,
        },
    },
    async run({ subject, report }) {
        const defect = await findSafetensorsDefect(subject);
        if (defect?.code !== 'trailing')
            return;
        report('trailing', {
            ...safetensorsData(subject, defect),
            bytes: defect.sizeBytes,
            expected: defect.expectedBytes,
        });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/safetensors-truncated.js



const safetensorsTruncated = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'safetensors-truncated',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'safetensors file cut off',
        why: 'The file is shorter than its own header says. The disk was full, the process was killed, or the copy is not whole; the loader refuses such a file.',
        fix: 'Compare its size with the original and copy it again; if it is the same there, save again with enough free disk.',
        since: '0.1.0',
    },
    messages: {
        data: {
            text: ({ name, bytes, expected, }) => `${name} has ${partOfBytes(bytes, Number(expected))}: ${exactBytes(Number(expected) - bytes)} ${Number(expected) - bytes === 1 ? 'is' : 'are'} missing at its end.`,
            loaderErrors: loaderErrorsOf,
        },
        header: {
            text: ({ name, bytes, header, }) => `${name} has ${exactBytes(bytes)}, its header alone takes ${exactBytes(header + 8)}: it ends before the first tensor.`,
            loaderErrors: loaderErrorsOf,
        },
        start: {
            text: ({ name, bytes }) => `${name} has ${exactBytes(bytes)}; a safetensors file takes 8 for the length of its header alone.`,
            loaderErrors: loaderErrorsOf,
        },
    },
    async run({ subject, report }) {
        const defect = await findSafetensorsDefect(subject);
        if (defect === null)
            return;
        const data = safetensorsData(subject, defect);
        const bytes = subject.file.sizeBytes;
        if (defect.code === 'truncated')
            report('data', { ...data, bytes, expected: defect.expectedBytes });
        else if (defect.code === 'header-beyond-file')
            report('header', { ...data, bytes, header: defect.headerBytes });
        else if (defect.code === 'header-too-small')
            report('start', { ...data, bytes });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/resumes/save-files-mixed.js




const ENGINE_TAG = /^global_step\d+$/;
const saveFilesMixed = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'save-files-mixed',
        question: 'resumes',
        severity: 'warning',
        confidence: 'proven',
        title: 'Files of several saves in one checkpoint',
        why: 'One save writes one of these only, so the others are from an earlier run into the same folder. A resume takes what it finds under the name that it looks for, and so perhaps the state of another training.',
        fix: 'Find out which files are of the save that you mean (by the launch command: how many processes, FSDP, DeepSpeed), and move the others away; train into a folder of its own the next time.',
        since: '0.1.0',
    },
    messages: {
        rng: {
            text: ({ ranks }) => `rng_state.pth, which a single process writes, lies beside the random states of ${formatCount(ranks, 'process', 'processes')} (rng_state_0.pth and on).`,
        },
        optimizers: {
            text: ({ kinds }) => `The optimizer is there in more than one form: ${joinWords(kinds)}.`,
        },
        tags: {
            text: ({ tags }) => `${formatCount(tags.length, 'state')} of DeepSpeed are in one checkpoint: ${listNames(tags)}.`,
            why: 'A Trainer saves one state into each checkpoint, so the others are from an earlier run into the same folder. The file latest says which a resume takes.',
        },
        ranks: {
            text: ({ tag, found, processes, }) => `${tag} holds the optimizer states of ${formatCount(found, 'rank')}; random states of ${formatCount(processes, 'process', 'processes')} lie beside it.`,
            confidence: 'inferred',
            why: 'DeepSpeed divides the optimizer among no more than all processes. Taken as: what is too many is from an earlier run on more of them, unless random states of some processes are missing.',
        },
    },
    async run({ subject, report }) {
        const { sharded, folder } = subject;
        if (!isTrainerSave(subject) || folder === null)
            return;
        const known = rngRanksOf(subject);
        const ranks = known.size;
        const isGapless = [...known].every((rank) => rank < ranks);
        if (ranks > 0 && folder.files.has('rng_state.pth'))
            report('rng', { ranks });
        const kinds = optimizersOf(subject);
        if (kinds.length > 1)
            report('optimizers', { kinds: [...kinds] });
        const tags = (sharded?.zero ?? []).filter(({ name }) => ENGINE_TAG.test(name));
        if (tags.length > 1)
            report('tags', { tags: tags.map(({ name }) => name) });
        for (const tag of tags) {
            const { name, path, optimizerStates } = tag;
            const found = optimizerStates.length;
            const isMore = ranks > 0 && isGapless && found > ranks;
            if (isMore && (await zeroWorldOf(tag)) < found)
                report('ranks', { tag: name, found, processes: ranks }, { path });
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/save-killed.js




const saveKilled = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'save-killed',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Save killed while writing the weights',
        why: 'safetensors 0.8 and later writes to a hidden temporary file and renames it when it is complete. The temporary is there and the weights are not, so the process ended in between.',
        fix: 'Give the job more time or memory (exit code 137 means that it was killed), then save again. The temporary cannot be trusted to be complete.',
        since: '0.1.0',
    },
    messages: {
        killed: {
            text: ({ names, bytes }) => `The weights are missing, and ${listNames(names)} (${exactBytes(bytes)}) is what an unfinished save of them left.`,
            loaderErrors: () => NOT_FOUND_ERRORS,
        },
        killedAmongShards: {
            text: ({ names, bytes, shards, }) => `The weights are not complete: ${formatCount(shards, 'shard')} ${shards === 1 ? 'is' : 'are'} there without an index, and ${listNames(names)} (${exactBytes(bytes)}) is what an unfinished save left.`,
            loaderErrors: () => [
                'Error no file named model.safetensors, or pytorch_model.bin, found in directory …',
            ],
        },
    },
    run({ subject, report }) {
        const { folder, adapters, model } = subject;
        if (folder === null || subject.unexamined !== null)
            return;
        const hasWeights = adapters.some(({ weights }) => weights !== null) ||
            (model !== null && (model.single ?? model.indexFile) !== null);
        const temporaries = temporariesIn(folder);
        if (hasWeights || temporaries.length === 0)
            return;
        const left = {
            names: temporaries.map(({ name }) => name),
            bytes: temporaries.reduce((total, { bytes }) => total + bytes, 0),
        };
        const shards = model?.looseShards.length ?? 0;
        if (shards === 0)
            report('killed', left);
        else
            report('killedAmongShards', { ...left, shards });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/resumes/save-unfinished.js




const STAGED_STEP = /^tmp-checkpoint-(\d{1,15})$/;
function save_unfinished_phaseOf(checkpoint) {
    const phase = savePhaseOf(checkpoint);
    return phase === null ? '' : `, and ${phaseWords(phase)}`;
}
const saveUnfinished = defineCheck({
    altitude: 'run',
    meta: {
        id: 'save-unfinished',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'Mark or staging folder of a save that did not end',
        why: 'The save did not end, so that any of its files may be missing or cut.',
        fix: 'Delete or move this folder, so that the next older one is taken, and look into the log for what ended the save (a full disk, a killed process, the end of the job).',
        since: '0.1.0',
    },
    messages: {
        sentinel: {
            text: ({ name, phase }) => `Training cannot go on from here: ${name} is there, which the Trainer puts there before it saves and takes away at the end; trainer_state.json is not${phase}.`,
            loaderErrors: () => STATE_NOT_FOUND_ERRORS,
        },
        overtaken: {
            text: ({ name, newer, phase, }) => `Training cannot go on from here: ${name} is there, which the Trainer puts there before it saves and takes away at the end; trainer_state.json is not${phase}. A resume takes ${newer}, not this.`,
            severity: 'warning',
            settles: true,
            fix: 'Delete this folder.',
            loaderErrors: () => STATE_NOT_FOUND_ERRORS,
        },
        sentinelAtEnd: {
            text: ({ name }) => `${name} is there, which the Trainer takes away at the end of a save; trainer_state.json, its last file, is there too.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'The first process wrote its last file. Taken as: others may not have ended, or were killed as they wrote.',
            fix: 'If the run had one process, delete the mark and go on from here; else see that the files of all processes are there (rng_state_….pth), or go on from an older checkpoint.',
        },
        staging: {
            text: ({ name, newest }) => newest === ''
                ? `${name} was left by a save that did not end.`
                : `${name} was left by a save that did not end; it is newer than ${newest}, the newest checkpoint.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Some versions of transformers, and NeMo, save under such a name and rename the folder or take the mark away when it is whole. Taken as: no training is writing there now.',
            fix: 'Delete it when no training is running: resumes pass it over. Look into the log for what ended the save.',
        },
        stagingOld: {
            text: ({ name }) => `${name} was left by a save that did not end; a newer one did.`,
            severity: 'notice',
            why: 'It takes room on the disk, and nothing reads it.',
            fix: 'Delete it.',
        },
    },
    run({ subject: { checkpoints, staging }, report }) {
        const steps = checkpoints.filter(({ isStepFolder }) => isStepFolder);
        const newest = steps.at(-1);
        const newestStep = newest === undefined ? -1 : (newest.step ?? Infinity);
        for (const one of steps) {
            if (!one.folder?.files.has(SENTINEL))
                continue;
            const { path, trainerState } = one;
            const where = { path, checkpoint: path };
            const phase = save_unfinished_phaseOf(one);
            const newer = stepTakenInstead(one);
            if (trainerState !== null)
                report('sentinelAtEnd', { name: SENTINEL }, where);
            else if (newer === null)
                report('sentinel', { name: SENTINEL, phase }, where);
            else
                report('overtaken', { name: SENTINEL, newer, phase }, where);
        }
        for (const { path, name } of staging) {
            const step = STAGED_STEP.exec(name)?.[1];
            const isOld = step !== undefined && Number(step) <= newestStep;
            if (isOld)
                report('stagingOld', { name }, { path });
            else
                report('staging', { name, newest: newest?.path ?? '' }, { path });
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/resumes/scheduler-step-mismatch.js





const schedulerStepMismatch = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'scheduler-step-mismatch',
        question: 'resumes',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Learning rate schedule of another step than the training',
        why: 'A Trainer takes the schedule from the file and goes on where that says, so that the learning rate is that of another step. Taken as: the schedule counts optimizer steps, in one process, as a Trainer has it do.',
        fix: 'Look whether scheduler.pt was copied from another checkpoint, and take optimizer.pt and scheduler.pt of this step; or move both away, to go on with a fresh optimizer and its schedule from the start.',
        since: '0.1.0',
    },
    messages: {
        ahead: {
            text: ({ name, taken, step, }) => `${name} has taken ${formatNumber(taken)} steps, the training ${formatNumber(step)}.`,
        },
        ofAnother: {
            text: ({ name, taken, step, sibling, }) => `Training cannot go on from here as it was: ${name} has taken ${formatNumber(taken)} steps, as that of ${sibling}; the training and its optimizer have taken ${formatNumber(step)}.`,
            settles: true,
            why: 'A Trainer takes the schedule from the file and goes on where that says, with the learning rate of another step. Taken as: a schedule takes a step whenever the optimizer does, as a Trainer has it.',
        },
    },
    async run({ subject, report }) {
        const file = stateFileOf(subject, 'scheduler')?.file;
        const counts = await step_counts_stepCountsOf(subject);
        if (file === undefined || counts?.scheduler == null)
            return;
        const { scheduler: taken, said: step, named, optimizer } = counts;
        if (taken === step || taken === named)
            return;
        const where = { path: file.path };
        const data = { name: file.name, taken, step };
        const sibling = folderOfStep(subject, taken);
        if (optimizer === step && sibling !== undefined)
            report('ofAnother', { ...data, sibling: sibling.name }, where);
        else if (step >= 0 && taken > step && (step === 0 || taken % step !== 0))
            report('ahead', data, where);
    },
});

;// CONCATENATED MODULE: ./lib/core/layout/state-files.js
const BESIDE_SHARDS = new Map([
    ['Lightning', /^meta\.pt$/],
    ['FSDP', /^(?:pytorch_model_fsdp|optimizer)(?:_\d+)?_rank\d+\.bin$/],
]);
function rankFilesOf(checkpoint) {
    const { sharded, folder, producer } = checkpoint;
    const ofZero = (sharded?.zero ?? []).flatMap((tag) => [...tag.modelStates, ...tag.optimizerStates]
        .map(({ name }) => name)
        .concat(tag.others)
        .flatMap((name) => rankFile(tag.path, name, tag)));
    const pattern = BESIDE_SHARDS.get(producer);
    if (!pattern || folder === null || sharded === null)
        return ofZero;
    const beside = [...folder.files.keys()].filter((name) => pattern.test(name));
    return [
        ...ofZero,
        ...beside.flatMap((name) => rankFile(folder.shown, name, sharded.own)),
    ];
}
function rankFile(folder, name, { fileNamed, stateOf }) {
    const file = fileNamed(name);
    if (file === null)
        return [];
    return [{ name, folder, file, state: () => stateOf(file) }];
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-zip-errors.js

const TORCHSCRIPT_LOADER_ERROR = 'Cannot use ``weights_only=True`` with TorchScript archives passed to ``torch.load``';
const OPENING = 'PytorchStreamReader failed reading zip archive: ';
const CORRUPTED = 'invalid header or archive is corrupted';
const SMALLEST_ZIP_BYTES = 22;
function torchLoaderErrors(defect) {
    const words = findWords(defect);
    return words === null ? [] : [words];
}
function findWords(defect) {
    switch (defect.code) {
        case 'no-end-record':
        case 'zero-tail':
            return noEndRecord(defect.fileBytes);
        case 'end-record-invalid':
            return OPENING + endRecordWords(defect.field);
        case 'directory-beyond-file':
        case 'directory-truncated':
        case 'entry-beyond-file':
            return OPENING + CORRUPTED;
        case 'entry-invalid':
            return OPENING + entryWords(defect.field);
        case 'too-many-entries':
        case 'directory-too-large':
            return null;
        case 'no-entries':
            return defect.isAtStart
                ? 'Weights only load failed'
                : 'archive does not contain any files';
        case 'not-in-folder':
            return `file in archive is not in a subdirectory: ${cString(defect.name)}`;
        case 'second-root':
            return `file in archive is not in a subdirectory ${defect.root}/: ${cString(defect.name)}`;
        case 'name-not-utf8':
            return "'utf-8' codec can't decode byte";
        case 'record-missing':
            return missingWords(defect.record);
        case 'record-unsupported':
            return `PytorchStreamReader failed retrieving file meta-data for ${defect.record}: unsupported ${defect.feature}`;
        case 'record-unreadable':
            return `PytorchStreamReader failed reading file ${defect.record}: ${CORRUPTED}`;
        case 'record-empty':
            return 'EOFError';
        case 'version-invalid':
            return versionInvalid(defect.text);
        case 'version-unsupported':
            return versionUnsupported(defect.version);
        case 'byteorder-invalid':
            return byteOrderInvalid(defect.text);
        case 'alignment-invalid':
            return 'invalid literal for int() with base 10';
    }
}
function noEndRecord(fileBytes) {
    if (fileBytes < SMALLEST_ZIP_BYTES)
        return `${OPENING}not a ZIP archive`;
    if (isMinizSearchCut(fileBytes))
        return '[Errno 22] Invalid argument';
    return `${OPENING}failed finding central directory`;
}
function endRecordWords(field) {
    if (field === 'zip64-offset')
        return 'not a ZIP archive';
    if (field === 'disks')
        return 'unsupported multidisk archive';
    if (field === 'entry-count')
        return 'too many files';
    return field === 'directory-size'
        ? 'unsupported central directory size'
        : CORRUPTED;
}
function entryWords(field) {
    if (field === 'disk')
        return 'unsupported multidisk archive';
    return field === 'masked' ? 'unsupported encryption' : CORRUPTED;
}
function missingWords(record) {
    return record === 'version'
        ? 'Expected hasRecord("version") to be true, but got false.'
        : `PytorchStreamReader failed locating file ${record}: file not found`;
}
function versionInvalid(text) {
    return /^\s*[+-]?\d/.test(text)
        ? 'stoull'
        : `Couldn't parse the version ${text} as Long Long.`;
}
function versionUnsupported(version) {
    const bound = version < 1 ? 'minimum' : 'maximum';
    const limit = version < 1 ? 1 : 10;
    return `Attempted to read a PyTorch file with version ${version}, but the ${bound} supported version for reading is ${limit}.`;
}
function byteOrderInvalid(text) {
    return /^[\0-\x7f]*$/.test(text)
        ? `Unknown endianness type: ${text}`
        : 'Unknown endianness type';
}
function cString(name) {
    return /^[^\0\ud800-\udfff]*/u.exec(name)?.[0] ?? '';
}

;// CONCATENATED MODULE: ./lib/core/checks/rank-defect.js



function rankDefectWords(name, sizeBytes, defect) {
    switch (defect.code) {
        case 'placeholder':
            return `${name} is ${contentName(defect.content)}.`;
        case 'no-end-record':
            return `${name} ends after ${exactBytes(sizeBytes)} without the directory that closes a torch file: it was cut off.`;
        case 'zero-tail':
            return `${name} has ${exactBytes(sizeBytes)}, of which the last ${exactBytes(defect.zeroBytes)} or more are zero: its end was never written.`;
        case 'pickle-cut':
        case 'opcode-unknown':
        case 'stack-empty':
        case 'memo-empty':
            return `${name} holds a damaged list of its tensors: byte ${defect.at} of its pickle makes no sense (${defect.code}).`;
        case 'storage-missing':
            return `${name} names the values data/${defect.key.slice(0, KEY_SHOWN)} and does not hold them.`;
        default:
            return `${name} has a directory that contradicts itself or the file (${defect.code}).`;
    }
}
const KEY_SHOWN = 40;
function rankDefectErrors(defect) {
    switch (defect.code) {
        case 'placeholder':
            return defect.content === 'empty'
                ? ['EOFError: Ran out of input']
                : ['UnpicklingError: invalid load key'];
        case 'pickle-cut':
            return ['UnpicklingError: pickle data was truncated'];
        case 'opcode-unknown':
            return ['UnpicklingError: invalid load key'];
        case 'stack-empty':
            return ['UnpicklingError: unpickling stack underflow'];
        case 'memo-empty':
            return ['UnpicklingError: Memo value not found at index'];
        case 'storage-missing':
            return [
                `PytorchStreamReader failed locating file data/${defect.key.slice(0, KEY_SHOWN)}: file not found`,
            ];
        default:
            return torchLoaderErrors(defect);
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/shard-file-damaged.js







const EOF = 'EOFError';
const NO_DIRECTORY = 'RuntimeError: PytorchStreamReader failed reading zip archive: failed finding central directory';
const NOT_LOADED = 'UnpicklingError: Weights only load failed.';
const shardFileDamaged = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'shard-file-damaged',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'File of a rank that is missing, cut or empty',
        why: 'Each rank wrote its part of model and optimizer into a file of its own. The loader stops at the first that it cannot read, so training cannot go on from here.',
        fix: 'Copy the file again from where it was saved and compare the sizes; if it is the same there, resume from an older checkpoint and look in the log of that rank for a full disk or a killed process.',
        since: '0.1.0',
    },
    messages: {
        missing: {
            text: ({ folder, names, files, bytes }) => `.metadata in ${folder} places ${exactBytes(bytes)} of values in ${formatCount(files, 'file')} that ${files === 1 ? 'is' : 'are'} not there: ${listNames(names)}.`,
            fix: 'Bring the files of all ranks into one folder (each node may have written to a disk of its own), or resume from an older checkpoint.',
            loaderErrors: ({ names }) => [
                `FileNotFoundError: [Errno 2] No such file or directory: '…${names[0] ?? ''}'`,
            ],
        },
        short: {
            text: ({ names, files, fileBytes, endBytes, }) => `${names[0] ?? ''} has ${exactBytes(fileBytes)}, and .metadata places values in it up to byte ${formatNumber(endBytes)}: ${fileBytes === 0 ? 'it is empty' : 'it was cut off, or is of another save'}.${andMore(files, names)}`,
            loaderErrors: () => [EOF, NO_DIRECTORY],
        },
        zeros: {
            text: ({ names, files }) => `${names[0] ?? ''} has its full size, and zeros where its last value has to be: its end was never written.${andMore(files, names)}`,
            loaderErrors: () => [NOT_LOADED, NO_DIRECTORY],
        },
        mismatched: {
            text: ({ names, files, offset, end, }) => `${names[0] ?? ''} holds no tensor where .metadata places one, from byte ${formatNumber(offset)} to ${formatNumber(end)}: it was written over, or .metadata is of another save.${andMore(files, names)}`,
            loaderErrors: () => [NOT_LOADED, NO_DIRECTORY],
        },
        rank: {
            text: ({ words, files, names }) => `${words}${andMore(files, names)}`,
            loaderErrors: ({ errors }) => errors,
        },
    },
    async run({ subject, report }) {
        for (const dcp of subject.sharded?.dcp ?? []) {
            const read = await dcp.metadata();
            if (!read?.ok || dcp.dataFiles.length === 0)
                continue;
            const say = { report, where: { path: dcp.path } };
            const known = sayBySize(dcp, read.value, say);
            await sayByEnd(dcp, read.value, known, say);
        }
        await sayOfRanks(subject, report);
    },
});
function sayBySize(dcp, metadata, { report, where }) {
    const { missing, short } = findDcpSizeDamage(dcp, metadata);
    if (missing.length > 0) {
        const bytes = missing.reduce((sum, one) => sum + one.extent.pieceBytes, 0);
        report('missing', { ...filesOf(dcp.name, missing), bytes }, where);
    }
    const [first] = short;
    if (first !== undefined) {
        const { fileBytes, extent } = first;
        const numbers = { fileBytes, endBytes: extent.endBytes };
        report('short', { ...filesOf(dcp.name, short), ...numbers }, where);
    }
    return new Set([...missing, ...short].map(({ name }) => name));
}
async function sayByEnd(dcp, { files }, known, { report, where }) {
    const zeros = [];
    const other = [];
    let opened = 0;
    for (const [name, extent] of files) {
        const file = known.has(name) ? null : dcp.fileNamed(name);
        if (file === null || (opened += 1) > limits/* RANK_FILES_MAX */.EU)
            continue;
        const damage = await findDcpEndDamage(file, extent);
        if (damage === 'zeros')
            zeros.push({ name });
        else if (damage !== null && extent.last !== null)
            other.push({ name, last: extent.last });
    }
    if (zeros.length > 0)
        report('zeros', filesOf(dcp.name, zeros), where);
    const [first] = other;
    if (first === undefined)
        return;
    const { offset, length } = first.last;
    const numbers = { offset, end: offset + length };
    report('mismatched', { ...filesOf(dcp.name, other), ...numbers }, where);
}
async function sayOfRanks(subject, report) {
    const byFolder = new Map();
    for (const { folder, file, state } of rankFilesOf(subject).slice(0, limits/* RANK_FILES_MAX */.EU)) {
        const read = await state();
        if (read.kind !== 'damaged')
            continue;
        const damaged = byFolder.get(folder) ?? [];
        damaged.push({ file, defect: read.defect });
        byFolder.set(folder, damaged);
    }
    for (const [path, damaged] of byFolder) {
        const [first] = damaged;
        if (first === undefined)
            continue;
        const { file, defect } = first;
        const words = rankDefectWords(file.name, file.sizeBytes, defect);
        const errors = [...rankDefectErrors(defect)];
        const files = filesOf(path, damaged.map((one) => one.file));
        report('rank', { ...files, words, errors }, { path: file.path });
    }
}
function filesOf(folder, damaged) {
    const names = damaged.map(({ name }) => name);
    return { folder, names, files: names.length };
}
function andMore(files, names) {
    return files > 1
        ? ` So ${files === 2 ? 'is' : 'are'} ${formatCount(files - 1, 'more file')}: ${listNames(names.slice(1))}.`
        : '';
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/shard-missing.js


const shardMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'shard-missing',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Shards that the index names are missing',
        why: 'The index is the list of files that make up the model; the loader stops at the first that is not there.',
        fix: 'Copy or upload the missing shards too, or save again if the save was cut off.',
        since: '0.1.0',
    },
    messages: {
        missing: {
            text: ({ index, names, shards, tensors, }) => `${index} names ${formatCount(shards, 'shard')}, of which ${formatNumber(names.length)} ${names.length === 1 ? 'is' : 'are'} missing with ${formatCount(tensors, 'tensor')}: ${listNames(names)}.`,
            loaderErrors: ({ names }) => [
                `FileNotFoundError: No such file or directory: …${names[0] ?? ''}`,
            ],
        },
    },
    async run({ subject: { model }, report }) {
        const index = await model?.index();
        if (!model?.indexFile || !index?.ok)
            return;
        const present = await model.shards();
        const names = index.value.shards.filter((name) => !present.has(name));
        if (names.length === 0)
            return;
        const lost = [...index.value.weightMap.values()].filter((shard) => !present.has(shard));
        report('missing', {
            index: model.indexFile.name,
            names,
            shards: index.value.shards.length,
            tensors: lost.length,
        });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/shard-stale.js



const shardStale = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'shard-stale',
        question: 'loads',
        severity: 'notice',
        confidence: 'proven',
        title: 'Shards beside the model that belong to another save',
        why: 'transformers goes by the index and passes them over. Tools that take every file of the folder (converters, some servers) mix two models, and an upload carries them along.',
        fix: 'If nothing else needs them, delete them; next time save into an empty folder.',
        since: '0.1.0',
    },
    messages: {
        unnamed: {
            text: ({ index, names }) => `${formatCount(names.length, 'shard')} that ${index} does not name ${names.length === 1 ? 'lies' : 'lie'} in the folder: ${listNames(names)}.`,
        },
        besideSingle: {
            text: ({ single, names }) => `${single} is what transformers reads; ${formatCount(names.length, 'shard')} beside it ${names.length === 1 ? 'is' : 'are'} passed over: ${listNames(names)}.`,
            why: 'save_pretrained deletes the shards of an older save, and not an older single file: a model that was saved in shards into the folder of one that was not is never loaded.',
            fix: 'Find out which of the two was saved last, and delete the other.',
        },
        countDiffers: {
            text: ({ index, named, total, }) => `${index} names ${formatCount(named, 'shard')}, and their names say that there are ${formatNumber(total)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'The loader starts the tensors of a shard that is left out at random. Taken as: the shards still have the names that save_pretrained gave them.',
            fix: 'Fetch or copy the index again from where the model was saved, or save again.',
        },
    },
    async run({ subject, report }) {
        const { model, folder } = subject;
        if (model === null || folder?.shown !== model.path)
            return;
        const { single, indexFile } = model;
        if (single !== null) {
            const names = shardsIn(subject, single.format);
            if (names.length > 0)
                report('besideSingle', { single: single.file.name, names });
            return;
        }
        const read = await model.index();
        if (indexFile === null || !read?.ok)
            return;
        const index = indexFile.name;
        const named = new Set(read.value.shards);
        const names = shardsIn(subject, index.includes('safetensors') ? 'safetensors' : 'torch').filter((name) => !named.has(name));
        if (names.length > 0)
            report('unnamed', { index, names });
        const total = totalIn(read.value.shards);
        if (total !== null && total !== named.size)
            report('countDiffers', { index, named: named.size, total });
    },
});
function shardsIn({ folder }, format) {
    const end = format === 'safetensors' ? '.safetensors' : '.bin';
    return [...(folder?.files.keys() ?? [])].filter((name) => MODEL_SHARD.test(name) && name.endsWith(end));
}
function totalIn(names) {
    const totals = new Set(names.map((name) => MODEL_SHARD.test(name) ? /-of-(\d+)\./.exec(name)?.[1] : undefined));
    const [total] = totals;
    return totals.size === 1 && total !== undefined ? Number(total) : null;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/side-weights-missing.js


const SIDE_WEIGHTS = /^(?:(value_head)\.(?:safetensors|bin)|(non_lora_state_dict|non_lora_trainables)\.bin)$/;
const sideWeightsMissing = defineCheck({
    altitude: 'run',
    meta: {
        id: 'side-weights-missing',
        question: 'loads',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Weights beside the adapter missing where the siblings have them',
        why: 'Trainers keep what they train besides the adapter in a file of its own. Without it that part of the model is as before training, and no loader of adapters says so. Taken as: the run kept it at every step.',
        fix: 'Take the sibling, or save again: the file is written last, so a save that was cut lacks it.',
        since: '0.1.0',
    },
    messages: {
        missing: {
            text: ({ names, sibling }) => `${listNames(names)} ${names.length === 1 ? 'is' : 'are'} not there, though ${sibling} has ${names.length === 1 ? 'it' : 'them'}.`,
        },
    },
    run({ subject: { checkpoints }, report }) {
        const steps = checkpoints.filter(({ isStepFolder, holds }) => isStepFolder && (holds === 'adapter' || holds === 'model'));
        const known = new Map();
        for (const step of steps)
            for (const [kind, name] of sideWeightsOf(step))
                known.set(kind, { name, sibling: step.path });
        for (const step of steps) {
            const own = sideWeightsOf(step);
            const missing = [...known].filter(([kind]) => !own.has(kind));
            const [first] = missing;
            if (first === undefined)
                continue;
            report('missing', {
                names: missing.map(([, { name }]) => name),
                sibling: first[1].sibling,
            }, { path: step.path, checkpoint: step.path });
        }
    },
});
function sideWeightsOf({ folder, }) {
    const found = new Map();
    for (const name of folder?.files.keys() ?? []) {
        const match = SIDE_WEIGHTS.exec(name);
        const kind = match?.[1] ?? match?.[2];
        if (kind !== undefined)
            found.set(kind, name);
    }
    return found;
}

;// CONCATENATED MODULE: ./lib/core/checks/numbered-files.js
const numbered_files_MAX_NAMES = 100;
function plainFirst(stem) {
    return {
        pattern: new RegExp(`^${stem}(?:_([1-9]\\d{0,5}))?\\.bin$`),
        nameOf: (number) => number === 0 ? `${stem}.bin` : `${stem}_${number}.bin`,
    };
}
function numberedFromZero(stem) {
    return {
        pattern: new RegExp(`^${stem}_(0|[1-9]\\d{0,5})\\.pkl$`),
        nameOf: (number) => `${stem}_${number}.pkl`,
    };
}
function gapsIn(files, { pattern, nameOf }) {
    const there = new Set(files.flatMap((name) => {
        const found = pattern.exec(name);
        return found === null ? [] : [Number(found[1] ?? 0)];
    }));
    const last = [...there].reduce((max, one) => Math.max(max, one), -1);
    const names = [];
    for (let at = 0; at < last && names.length < numbered_files_MAX_NAMES; at += 1)
        if (!there.has(at))
            names.push(nameOf(at));
    return { names, missing: last + 1 - there.size };
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/state-file-missing.js





const state_file_missing_ACCELERATES = /^(?:(?:optimizer|scheduler)(?:_\d+)?\.bin|scaler\.pt|custom_checkpoint_\d+\.pkl)$/;
const FSDP_OPTIMIZER = /^optimizer(?:\.bin|_\d+|(?:_\d+)?_rank\d+\.bin)$/;
const stateFileMissing = defineCheck({
    altitude: 'run',
    meta: {
        id: 'state-file-missing',
        question: 'resumes',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Training state missing where the siblings have it',
        why: 'load_state of accelerate reads all that the script prepared and stops at the first file that is not there. Taken as: the script prepared the same at every step.',
        fix: 'Resume from the sibling, or save again. Weights can be loaded from here all the same.',
        since: '0.1.0',
    },
    messages: {
        accelerate: {
            text: ({ names, sibling }) => `${listNames(names)} ${names.length === 1 ? 'is' : 'are'} not there, though ${sibling} has ${names.length === 1 ? 'it' : 'them'}.`,
            settles: true,
            loaderErrors: ({ names }) => [
                `FileNotFoundError: [Errno 2] No such file or directory: '…${names[0] ?? ''}'`,
            ],
        },
        scaler: {
            text: ({ sibling }) => `scaler.pt is not there, though ${sibling} has it.`,
            why: 'load_state of accelerate reads it where the script scales gradients (mixed_precision="fp16"), and stops where it is not there. Taken as: the script scaled them at every step.',
            loaderErrors: () => [
                "FileNotFoundError: [Errno 2] No such file or directory: '…scaler.pt'",
            ],
        },
        numbered: {
            text: ({ names, missing }) => `${formatCount(missing, 'file')} of the state ${missing === 1 ? 'is' : 'are'} not there, though those of higher numbers are: ${listNames(names)}.`,
            severity: 'error',
            confidence: 'proven',
            why: 'accelerate numbers what it saves from the first on without a gap. load_state reads all that the script prepared and stops at the first file that is not there.',
            fix: 'Bring the file back from where the state was saved, or resume from another checkpoint. Weights can be loaded from here all the same.',
            loaderErrors: ({ names }) => [
                `FileNotFoundError: [Errno 2] No such file or directory: '…${names[0] ?? ''}'`,
                'RuntimeError: Number of custom checkpoints in folder … does not match the number of registered objects:',
            ],
        },
        random: {
            text: ({ names, missing, files, }) => `Random states of ${formatCount(files, 'process', 'processes')} are there, and those of ${formatNumber(missing)} of lower rank are not: ${listNames(names)}.`,
            severity: 'notice',
            why: 'Each process wrote one. accelerate goes on without it, and the process draws other random numbers than it would have. Taken as: the ranks count from 0 without a gap.',
            fix: 'Nothing need be done to resume; gather the files of all nodes where the order of the data matters.',
        },
        fsdp: {
            text: ({ names, sibling }) => `The optimizer state (${listNames(names)}) is not there, though ${sibling} has it.`,
            settles: true,
            why: 'A Trainer that does not find it goes on with a fresh optimizer and scheduler, and says nothing. Taken as: the run kept it at every step.',
        },
    },
    run({ subject: { checkpoints }, report }) {
        for (const { producer, folder, path } of checkpoints) {
            if (folder === null || !ACCELERATE_USERS.includes(producer))
                continue;
            const where = { path, checkpoint: path };
            const numbered = numberedGaps(folder);
            if (numbered.missing > 0)
                report('numbered', numbered, where);
            const { names, missing } = gapsIn([...folder.files.keys()], RANDOM);
            const files = namesLike(ACCELERATE_RANDOM_STATES, folder).length;
            if (missing > 0)
                report('random', { names: [...names], missing, files }, where);
        }
        for (const { message, pattern, producers, isState } of KINDS) {
            const own = checkpoints
                .filter(({ producer }) => producers.includes(producer))
                .filter(({ folder }) => isState(folder))
                .map(({ path, folder }) => ({
                path,
                folder,
                names: namesLike(pattern, folder),
            }));
            const fullest = fullestOf(own);
            own.forEach(({ path, folder, names }, at) => {
                const said = new Set(numberedGaps(folder).names);
                const missing = message === 'fsdp' && names.length > 0
                    ? []
                    : lackingOf(fullest, names).filter((name) => !said.has(name));
                if (missing.length === 0)
                    return;
                const sibling = nearestWith(own, at, missing);
                const where = { path, checkpoint: path };
                if (missing.every((name) => name === SCALER_FILE))
                    report('scaler', { sibling }, where);
                else
                    report(message, { names: missing, sibling }, where);
            });
        }
    },
});
function fullestOf(all) {
    return all.reduce((most, { names }) => (state_file_missing_sizeOf(names) > state_file_missing_sizeOf(most) ? names : most), []);
}
function nearestWith(all, place, missing) {
    const away = (one) => Math.abs(all.indexOf(one) - place);
    const [nearest] = all
        .filter(({ names }) => missing.every((name) => names.includes(name)))
        .sort((left, right) => away(left) - away(right));
    return nearest?.path ?? '';
}
const PLAIN = [plainFirst('optimizer'), plainFirst('scheduler')];
const NUMBERED = [...PLAIN, numberedFromZero('custom_checkpoint')];
const RANDOM = numberedFromZero('random_states');
function numberedGaps(folder) {
    const files = [...(folder?.files.keys() ?? [])];
    const gaps = NUMBERED.filter((one) => !PLAIN.includes(one) || files.includes(one.nameOf(0))).map((one) => gapsIn(files, one));
    return {
        names: gaps.flatMap(({ names }) => names),
        missing: gaps.reduce((sum, { missing }) => sum + missing, 0),
    };
}
const KINDS = [
    {
        message: 'accelerate',
        producers: ACCELERATE_USERS,
        pattern: state_file_missing_ACCELERATES,
        isState: (folder) => namesLike(ACCELERATE_RANDOM_STATES, folder).length > 0,
    },
    {
        message: 'fsdp',
        producers: ['FSDP'],
        pattern: FSDP_OPTIMIZER,
        isState: (folder) => folder !== null,
    },
];
function state_file_missing_sizeOf(names) {
    return lackingOf(names, []).length;
}
function lackingOf(all, own) {
    const [there, here] = [new Set(all), new Set(own)];
    return all.filter((name) => {
        const first = name.replace(/_\d+(?=\.bin$)/, '');
        return !here.has(name) && there.has(first);
    });
}
function namesLike(pattern, folder) {
    if (folder === null)
        return [];
    return [...folder.files.keys(), ...folder.folders.keys()].filter((name) => pattern.test(name));
}

;// CONCATENATED MODULE: ./lib/core/checks/state-cause.js





const state_cause_NAME_SHOWN = 100;
async function findStateCause(one) {
    const read = await one.reading();
    switch (read.kind) {
        case 'foreign':
            return foreignCause(read.content);
        case 'zip-defect':
            return isOwnLimit(read.defect.code)
                ? null
                : zipCause(read.defect, one.file.sizeBytes);
        case 'pickle-defect':
            return isOwnLimit(read.defect.code) ? null : pickleCause(read.defect);
        case 'read':
            return read.training.unknown !== null || read.training.misfit === null
                ? null
                : misfitCause(read.training.misfit);
    }
}
function misfitCause({ where, found, wanted }) {
    const place = state_cause_short(where);
    const key = /\[('[^']*'|\d+)\]$/.exec(place)?.[1] ?? place;
    if (found === null)
        return cause(`holds no \`${place}\`, where its loader takes ${wanted}`, [
            `KeyError: ${key}`,
        ]);
    if (where === '')
        return cause(`holds ${found}, where its loader takes ${wanted}`, []);
    return cause(`holds ${found} in \`${place}\`, where its loader takes ${wanted}`, []);
}
function cause(words, loaderErrors, global = null) {
    return { words, loaderErrors, global };
}
function foreignCause(kind) {
    const words = `is ${contentName(kind)}`;
    if (kind === 'empty')
        return cause(words, ['EOFError']);
    if (kind === 'zero-filled')
        return cause(words, [
            'RuntimeError: Cannot use ``weights_only=True`` with files saved in the legacy .tar format.',
        ]);
    return cause(words, [TORCH_UNPICKLING_ERROR]);
}
function zipCause(defect, bytes) {
    const errors = torchLoaderErrors(defect);
    switch (defect.code) {
        case 'no-end-record':
            return cause(`ends after ${exactBytes(bytes)} without the directory that closes a torch file: it was cut off`, errors);
        case 'zero-tail':
            return cause(`has ${exactBytes(bytes)}, of which the last ${exactBytes(defect.zeroBytes)} or more are zero: its end was never written`, errors);
        case 'record-unreadable':
            return cause(`has no sound local header before its record ${state_cause_short(defect.record)}, by which torch.load finds its bytes`, errors);
        default:
            return cause(`is no whole torch file (${defect.code})`, errors);
    }
}
function pickleCause(defect) {
    switch (defect.code) {
        case 'refused':
            return refusedCause(defect.refusal);
        case 'pickle-cut':
            return cause(`has a pickle that ends at byte ${defect.at}`, ['EOFError']);
        case 'storage-missing':
            return cause(`lacks the values data/${state_cause_short(defect.key)}`, [
                `PytorchStreamReader failed locating file data/${state_cause_short(defect.key)}: file not found`,
            ]);
        case 'storage-size':
            return cause(`has ${exactBytes(defect.foundBytes)} in data/${state_cause_short(defect.key)}, where its tensor takes ${defect.expectedBytes}`, ['RuntimeError: record size (… bytes) does not match expected size (…']);
        case 'legacy-cut':
            return cause(`ends after ${partOfBytes(defect.fileBytes, defect.expectedBytes)}`, [
                `RuntimeError: unexpected EOF, expected ${defect.missingBytes} more bytes. The file might be corrupted.`,
            ]);
        default:
            return cause(`has a broken content (${defect.code})`, []);
    }
}
function refusedCause(refusal) {
    switch (refusal.kind) {
        case 'global': {
            const global = state_cause_short(refusal.global);
            return cause(`refers to ${global}, which torch.load does not allow by default`, [
                TORCH_UNPICKLING_ERROR,
                `Unsupported global: GLOBAL ${global} was not an allowed global by default.`,
            ], global);
        }
        case 'blocked-global': {
            const global = state_cause_short(refusal.global);
            return cause(`refers to ${global}, which torch.load always refuses`, [
                TORCH_UNPICKLING_ERROR,
                `Trying to load unsupported GLOBAL ${global} whose module ${global.split('.')[0] ?? ''} is blocked.`,
            ]);
        }
        case 'opcode':
            return cause(`has the opcode ${refusal.code} at byte ${refusal.at} of its pickle, which torch.load does not take`, [TORCH_UNPICKLING_ERROR, `Unsupported operand ${refusal.code}`]);
        default:
            return cause(`asks at byte ${refusal.at} of its pickle for what torch.load does for no state`, [TORCH_UNPICKLING_ERROR]);
    }
}
function state_cause_short(text) {
    return text.slice(0, state_cause_NAME_SHOWN);
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/state-file-unreadable.js






const KEPT = {
    model: 'the whole model as FSDP gathers it',
    optimizer: 'the state of the optimizer',
    scheduler: 'the state of the learning rate schedule',
    scaler: 'the state of the gradient scaler',
    random: 'the state of the random generators',
    data: 'the place in the data',
    custom: 'the state of an object of the script',
    arguments: 'the arguments of the training',
};
const LOG_OF_SAVE = 'Look for a full disk, a quota or a killed process in the log of the save.';
const state_file_unreadable_loaderErrors = (data) => data.loaderErrors;
const found = ({ name, role, words }) => `${name}, ${KEPT[role]}, ${words}.`;
const WITHOUT = {
    optimizer: ', or move the file away: a Trainer then goes on with a fresh optimizer and its schedule from the start, and says nothing of it',
    scheduler: ', or move the file away: a Trainer then goes on with a fresh optimizer and its schedule from the start, and says nothing of it',
    random: ', or move the file away: a Trainer then goes on with other random numbers',
};
const stateFileUnreadable = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'state-file-unreadable',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'File of the training state that cannot be loaded',
        why: 'A resume loads every file of the training state that is there, and ends at the first that it cannot read: a broken file is worse than none.',
        fix: 'Resume from another checkpoint, and look for a full disk, a quota or a killed process in the log of the save.',
        since: '0.1.0',
    },
    messages: {
        raises: {
            text: found,
            fix: ({ role, reader, words }) => {
                const other = `esume from another checkpoint${reader === 'Trainer' ? (WITHOUT[role] ?? '') : ''}.`;
                const advice = placeholderAdvice(words.replace(/^is /, ''));
                return advice === null
                    ? `R${other} ${LOG_OF_SAVE}`
                    : `${advice} Else r${other}`;
            },
            loaderErrors: state_file_unreadable_loaderErrors,
        },
        overtaken: {
            text: (data) => `${found(data)} A resume takes ${data.newer}, not this.`,
            severity: 'warning',
            settles: true,
            why: 'A resume from here ends at this file.',
            fix: 'Delete this folder, or keep it for its weights only.',
            loaderErrors: state_file_unreadable_loaderErrors,
        },
        notAllowed: {
            text: (data) => found(data),
            severity: 'warning',
            confidence: 'inferred',
            why: 'Trainer and accelerate load the training state with weights_only=True, which takes tensors and plain containers. Taken as: the script allows no class besides (torch.serialization.add_safe_globals), and imports no library that does.',
            fix: 'If a resume ends at this file, call torch.serialization.add_safe_globals for the class in the script that resumes.',
            loaderErrors: state_file_unreadable_loaderErrors,
        },
        ownLoop: {
            text: found,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Nothing that a Trainer or accelerate writes lies beside it. Taken as: a training loop of your own saved it with torch.save and loads it with torch.load, which refuses it.',
            loaderErrors: state_file_unreadable_loaderErrors,
        },
        tolerated: {
            text: found,
            severity: 'warning',
            confidence: 'proven',
            why: 'load_state of accelerate goes on without a word where it cannot read the random states: shuffling and dropout continue with other numbers, and accelerator.step starts at 0.',
            fix: 'Resume from another checkpoint if the run has to be reproducible; else nothing need be done.',
            loaderErrors: () => ['Could not load random states'],
        },
        perhaps: {
            text: found,
            severity: 'warning',
            confidence: 'inferred',
            why: 'load_state of accelerate reads it where the script prepared a data loader that keeps its place. Taken as: the script that resumes prepares the same.',
            loaderErrors: state_file_unreadable_loaderErrors,
        },
        unread: {
            text: found,
            severity: 'notice',
            confidence: 'proven',
            why: 'No resume reads this file as things are, but a save that was whole would not have left it so.',
            fix: 'Look for a full disk, a quota or a killed process in the log of the save; the other files of the folder may have suffered, too.',
        },
    },
    async run({ subject, report }) {
        if (!isStateRead(subject))
            return;
        const died = lastOfUnended(subject);
        for (const one of stateFilesOf(subject)) {
            const cause = await findStateCause(one);
            if (cause === null)
                continue;
            const { file, role, reader } = one;
            if (file.name === died)
                continue;
            const { words, loaderErrors } = cause;
            const data = { name: file.name, role, reader, words, loaderErrors };
            const newer = stepTakenInstead(subject);
            const message = messageFor(one, cause, newer);
            if (message === null)
                continue;
            const where = { path: file.path };
            if (message === 'overtaken')
                report(message, { ...data, newer: newer ?? '' }, where);
            else
                report(message, data, where);
        }
    },
});
function messageFor({ need, reader, rules }, { global }, newer) {
    if (global !== null && rules === 'anything')
        return null;
    if (need === 'unread')
        return global === null ? 'unread' : null;
    if (global !== null)
        return 'notAllowed';
    if (reader === 'own')
        return 'ownLoop';
    if (need !== 'needed')
        return need;
    return newer === null ? 'raises' : 'overtaken';
}

;// CONCATENATED MODULE: ./lib/core/layout/ledger/jump.js
const JUMP_LEAST = 3;
const USUAL_LEAST = 2;
function findJump({ facts, rule, missing, rotated, }) {
    if (rule !== 'steps' && rule !== 'unknown')
        return null;
    const counted = facts.filter(({ step }) => step > 0);
    if (rule === 'unknown' && facts.some(({ isUnread }) => isUnread))
        return null;
    if (missing.length > 0 || new Set(counted.map(({ shape }) => shape)).size > 1)
        return null;
    const usual = usualDistance(counted);
    if (usual === null)
        return null;
    for (const [at, to] of counted.entries()) {
        const from = counted[at - 1];
        if (from === undefined || to.step - from.step <= JUMP_LEAST * usual)
            continue;
        const isDeleted = rotated.some(({ first, last }) => first > from.step && last < to.step);
        if (!isDeleted)
            return { from, to, usual };
    }
    return null;
}
function findLonePair({ facts, rule, }) {
    const [from, to, ...more] = facts.filter(({ step }) => step > 0);
    if (rule !== 'unknown' || from === undefined || to === undefined)
        return null;
    const isTold = facts.some(({ state, isUnread }) => isUnread || state !== null);
    if (more.length > 0 || isTold)
        return null;
    return to.step < JUMP_LEAST * from.step ? null : { from, to };
}
function usualDistance(facts) {
    const distances = facts
        .map(({ step }, at) => step - (facts[at - 1]?.step ?? 0))
        .sort((left, right) => left - right);
    const middle = distances[Math.floor((distances.length - 1) / 2)] ?? 0;
    const alike = distances.filter((one) => one === middle).length;
    return alike >= USUAL_LEAST ? middle : null;
}

;// CONCATENATED MODULE: ./lib/core/layout/ledger/unit.js
function unitsOf({ gradientAccumulationSteps, worldSize, }) {
    const accumulation = gradientAccumulationSteps ?? 1;
    const processes = worldSize ?? 1;
    const units = [
        { factor: accumulation, of: 'accumulation' },
        { factor: processes, of: 'processes' },
        ...(accumulation > 1 && processes > 1
            ? [{ factor: accumulation * processes, of: 'both' }]
            : []),
    ];
    return units.filter(({ factor }) => factor > 1);
}
function unitBetween(fast, slow, declared) {
    if (slow < 1)
        return null;
    return unitsOf(declared).find(({ factor }) => slow * factor === fast) ?? null;
}
function unitOfExpected({ undelivered, steps }, declared) {
    if (undelivered.length === 0)
        return null;
    const expected = new Set(declared.expectedSteps ?? []);
    const spare = new Set(steps.filter((step) => !expected.has(step)));
    return findUnit(declared, (counterpart) => undelivered.every((step) => spare.has(counterpart(step))));
}
function unitOfCadence({ steps }, declared) {
    const { saveSteps } = declared;
    const there = steps.filter((step) => step > 0);
    if (saveSteps === null || there.length === 0)
        return null;
    if (there.every((step) => step % saveSteps === 0) && there.length === 1)
        return null;
    if (isEvery(there, saveSteps))
        return null;
    return findUnit(declared, (counterpart) => isEvery(there, counterpart(saveSteps)));
}
function isEvery(steps, every) {
    if (!Number.isSafeInteger(every))
        return false;
    const [first = 0] = steps;
    return (first % every === 0 &&
        steps.slice(1, -1).every((step, at) => step - (steps[at] ?? 0) === every) &&
        (steps.length < 2 || (steps.at(-1) ?? 0) - (steps.at(-2) ?? 0) <= every));
}
function findUnit(declared, explains) {
    for (const unit of unitsOf(declared)) {
        if (explains((step) => step / unit.factor))
            return { ...unit, direction: 'finer' };
        if (explains((step) => step * unit.factor))
            return { ...unit, direction: 'coarser' };
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/core/checks/progress/step-jump.js





const stepJump = defineCheck({
    altitude: 'judged',
    meta: {
        id: 'step-jump',
        question: 'progress',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Jump between the steps of a run',
        why: 'Either saves failed in between, or the step is of another training or counted by another counter; a Trainer that looks for the newest by itself resumes from the highest number, whatever lies in it. Taken as: the training saves at even distances.',
        fix: 'Look what wrote the step behind the jump. If a counter of micro-batches named it, declare `gradient-accumulation-steps` and `world-size` to have it said; if the run saves so on purpose, declare `expected-steps`.',
        since: '0.1.0',
    },
    messages: {
        jump: {
            text: (data) => `The steps jump from ${formatNumber(data.from)} to ${formatNumber(data.to)}, by ${formatNumber(data.to - data.from)}; the usual distance here is ${formatNumber(data.usual)}.`,
        },
    },
    async run({ subject, options: { declared }, report }) {
        if (declared.expectedSteps !== null)
            return;
        for (const training of (await runLedger(subject, declared)).trainings) {
            const jump = findJump(training);
            if (jump === null)
                continue;
            const [from, to] = [jump.from.step, jump.to.step];
            if (unitBetween(to, from, declared) === null)
                report('jump', { from, to, usual: jump.usual }, { path: jump.to.path });
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/progress/step-missing.js







const NOBODY_DELETED = 'A save may have failed without a word, or somebody deleted the folder.';
const stepMissing = defineCheck({
    altitude: 'judged',
    meta: {
        id: 'step-missing',
        question: 'progress',
        severity: 'error',
        confidence: 'proven',
        title: 'Steps that should be there and are not',
        why: 'What was to be saved at these steps cannot be used, compared or resumed from, and a save that failed once can fail at the end too.',
        fix: 'Search the log of the training around these steps for errors at save time. If the steps were deleted on purpose, do not declare them.',
        since: '0.1.0',
    },
    messages: {
        expected: {
            inUpload: UPLOAD_LOSSES,
            text: (data) => `Of ${formatCount(data.expected, 'declared step')} ${formatNumber(data.count)} ${data.count === 1 ? 'is' : 'are'} not there: ${formatSteps(data.missing)}. There ${thereWords(data.there)}.`,
        },
        declared: {
            inUpload: UPLOAD_LOSSES,
            text: (data) => `A checkpoint every ${formatCount(data.every, 'step')} is declared, and training reached ${formatNumber(data.reached)}: ${absentWords(data)}.`,
            why: 'No limit on the checkpoints that are kept explains it: older ones are there. What was to be saved at these steps cannot be used, compared or resumed from.',
        },
        state: {
            severity: 'warning',
            confidence: 'inferred',
            inUpload: UPLOAD_LOSSES,
            text: (data) => `trainer_state.json names save_steps ${formatNumber(data.every)}, and training reached ${formatNumber(data.reached)}: ${absentWords(data)}.`,
            why: `${NOBODY_DELETED} No save_total_limit explains it: older checkpoints are there. Taken as: save_strategy is 'steps'.`,
            fix: 'Search the log of the training around these steps for errors at save time. If all is as it should be, declare the steps that have to be there with `expected-steps`.',
        },
        inferred: {
            severity: 'warning',
            confidence: 'inferred',
            inUpload: UPLOAD_LOSSES,
            text: (data) => `The steps that are there are ${formatNumber(data.every)} apart or a multiple of it, up to ${formatNumber(data.reached)}: ${absentWords(data)}.`,
            why: `${NOBODY_DELETED} Taken as: the training saves every so many steps, since most of them are there.`,
            fix: 'Search the log of the training around these steps for errors at save time. If all is as it should be, declare `save-steps` or `expected-steps`.',
        },
    },
    async run({ subject, options: { declared }, report }) {
        const named = runSteps(subject, declared);
        const { undelivered, steps } = named;
        const { expectedSteps } = declared;
        if (undelivered.length > 0 && unitOfExpected(named, declared) === null)
            report('expected', {
                missing: keptSteps(undelivered),
                count: undelivered.length,
                expected: expectedSteps?.length ?? 0,
                there: keptSteps(steps),
            });
        const ledger = await runLedger(subject, declared);
        for (const source of ['declared', 'state', 'inferred'])
            for (const { missing, cadence, reached } of missingOf(ledger, source)) {
                if (source === 'declared' && unitOfCadence(ledger, declared) !== null)
                    continue;
                report(source, {
                    missing: keptSpans(missing),
                    count: totalOf(missing),
                    every: cadence?.every ?? 0,
                    reached: reached ?? 0,
                });
            }
    },
});
function absentWords({ missing, count }) {
    return `${formatSteps(missing)} ${count === 1 ? 'is' : 'are'} not there`;
}
function thereWords(there) {
    if (there.length === 0)
        return 'is no checkpoint with a step in its name';
    const isOne = there.length === 1 && there[0]?.every === 0;
    return `${isOne ? 'is' : 'are'} ${formatSteps(there)}`;
}

;// CONCATENATED MODULE: ./lib/core/checks/progress/step-unit-mismatch.js







const COUNTERS = 'A progress bar often counts micro-batches, or those of all processes; transformers, PEFT and most trainers name checkpoints by optimizer steps.';
function unloadedWords(unloaded) {
    return unloaded.length === 0
        ? ''
        : ` Of these, ${formatSteps(unloaded)} ${isOne(unloaded) ? 'does' : 'do'} not load.`;
}
const stepUnitMismatch = defineCheck({
    altitude: 'judged',
    meta: {
        id: 'step-unit-mismatch',
        question: 'progress',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Two counters that count different steps',
        why: `${COUNTERS} The same moment has two numbers.`,
        fix: 'Compare numbers of one counter only.',
        since: '0.1.0',
    },
    messages: {
        expected: {
            severity: 'error',
            confidence: 'proven',
            text: (data) => `${formatSteps(data.expected)} ${isOne(data.expected) ? 'is' : 'are'} declared and not there, and ${formatSteps(data.there)} ${isOne(data.there) ? 'is' : 'are'} there instead: ${pairWords(data)}.${unloadedWords(data.unloaded)}`,
            fix: ({ fast, factor, expected }) => `Declare with \`expected-steps\` what the checkpoints count: what is declared now, ${expected[0]?.first === fast ? 'divided' : 'multiplied'} by ${formatNumber(factor)}. What is in them is judged by itself.`,
        },
        cadence: {
            text: (data) => `A checkpoint every ${formatNumber(data.declared)} steps is declared, and there are ${formatSteps(data.there)}: ${pairWords(data)}.${unloadedWords(data.unloaded)}`,
            fix: ({ declared, fast, slow }) => `Declare what the checkpoints count: \`save-steps\` of ${String(declared === fast ? slow : fast)}.`,
        },
        jump: {
            text: (data) => `The steps jump from ${formatNumber(data.slow)} to ${formatNumber(data.fast)}: ${pairWords(data)}.`,
            why: `${COUNTERS} Taken as: the one number is the other in the unit of another counter, so that training did not go on by so much.`,
            fix: 'Name checkpoints by one counter. A Trainer that looks for the newest by itself takes the highest number.',
        },
        state: {
            text: (data) => `The folder of step ${formatNumber(data.folder)} holds a trainer_state.json that counts ${formatNumber(data.state)}: ${pairWords(data)}.`,
            why: `${COUNTERS} A training that resumes from here goes on with the number in the file.`,
            fix: 'Name checkpoints by the counter that the training resumes with.',
        },
    },
    async run({ subject, options: { declared }, report }) {
        const named = runSteps(subject, declared);
        const { steps, undelivered } = named;
        const expected = unitOfExpected(named, declared);
        if (expected !== null) {
            const there = undelivered.map((step) => counterpart(step, expected));
            report('expected', {
                ...pairOf(undelivered[0] ?? 0, expected),
                expected: keptSteps(undelivered),
                there: keptSteps(there),
                unloaded: keptSteps(unloadedOf(subject, there)),
            });
        }
        const ledger = await runLedger(subject, declared);
        const cadence = unitOfCadence(ledger, declared);
        if (cadence !== null && declared.saveSteps !== null)
            report('cadence', {
                ...pairOf(declared.saveSteps, cadence),
                declared: declared.saveSteps,
                there: keptSteps(steps),
                unloaded: keptSteps(unloadedOf(subject, steps)),
            }, {}, isShort(ledger) ? { severity: 'error' } : {});
        for (const one of jumpsOf(ledger, declared))
            report('jump', one.pair, { path: one.path });
        for (const one of statesOf(ledger, declared))
            report('state', one.data, { path: one.path });
    },
});
function unloadedOf(run, steps) {
    const carriers = stepsOf(run);
    return steps.filter((step) => carriers.get(step)?.every(({ answers }) => answers.loads.value === 'no'));
}
function isShort({ trainings }) {
    return trainings.some(({ missing }) => missing.length > 0);
}
function counterpart(step, { direction, factor }) {
    return direction === 'finer' ? step / factor : step * factor;
}
function pairOf(step, unit) {
    const other = counterpart(step, unit);
    const { factor, of } = unit;
    return {
        fast: Math.max(step, other),
        slow: Math.min(step, other),
        factor,
        of,
    };
}
function jumpsOf({ trainings }, declared) {
    return trainings.flatMap((training) => {
        const jump = findJump(training) ?? findLonePair(training);
        if (jump === null || declared.expectedSteps !== null)
            return [];
        const [fast, slow] = [jump.to.step, jump.from.step];
        const unit = unitBetween(fast, slow, declared);
        return unit === null
            ? []
            : [{ path: jump.to.path, pair: { fast, slow, ...unit } }];
    });
}
function statesOf({ trainings }, declared) {
    return trainings
        .flatMap(({ facts }) => facts)
        .flatMap(({ step, path, state }) => {
        const counted = state?.globalStep ?? null;
        if (counted === null || counted === step)
            return [];
        const fast = Math.max(step, counted);
        const slow = Math.min(step, counted);
        const unit = unitBetween(fast, slow, declared);
        return unit === null
            ? []
            : [
                {
                    path,
                    data: { fast, slow, ...unit, folder: step, state: counted },
                },
            ];
    })
        .slice(0, 1);
}
function isOne(spans) {
    return spans.length === 1 && spans[0]?.every === 0;
}
function pairWords({ fast, slow, factor, of }) {
    const [more, less] = [formatNumber(fast), formatNumber(slow)];
    const steps = slow === 1 ? 'optimizer step' : 'optimizer steps';
    const is = fast === 1 ? 'is' : 'are';
    switch (of) {
        case 'accumulation':
            return `${more} micro-batches ${is} ${less} ${steps} at the declared gradient accumulation of ${formatNumber(factor)}`;
        case 'processes':
            return `${more} counted over all processes ${is} ${less} ${steps} of the declared world size of ${formatNumber(factor)}`;
        case 'both':
            return `${more} micro-batches of all processes ${is} ${less} ${steps} at the declared gradient accumulation times world size of ${formatNumber(factor)}`;
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/tensor-constant.js






const tensorConstant = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'tensor-constant',
        question: 'trained',
        severity: 'error',
        confidence: 'proven',
        title: 'Weights that are zero, or all one number',
        why: 'No training leaves all weights at exactly zero. A file that was overwritten while it was mapped into memory looks so, with a perfect header (safetensors issue 762), and one that a crash cut off from its data.',
        fix: 'Save again, to a new name, with safetensors 0.8 or later; if the weights are zero in memory, look where they were made.',
        since: '0.1.0',
    },
    messages: {
        all: {
            text: ({ name, tensors }) => tensors.length === 1
                ? `The one tensor of ${name} is zero throughout.`
                : `All ${formatCount(tensors.length, 'tensor')} of ${name} are zero throughout.`,
        },
        some: {
            text: ({ name, tensors, all }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} zero throughout, which they are neither before training nor after it: ${listNames(tensors)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Such parameters start at other values, and training moves them by little. Taken as: nobody set them to zero.',
        },
        divided: {
            text: ({ name, tensors, all }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} zero throughout: ${listNames(tensors)}.`,
            why: 'HRA divides these vectors by their length. With a length of 0 the model answers NaN.',
        },
        constant: {
            text: ({ name, tensors, all }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} one and the same number throughout: ${listNames(tensors)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Neither the start of such parameters nor training makes all numbers of a tensor equal. Taken as: nobody set them so.',
            fix: 'Compare with the checkpoint before this one, and look for code that fills or resets parameters.',
        },
        copies: {
            text: ({ name, tensors, all }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} a copy of another one in the file: ${listNames(tensors)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Parameters of different modules start at different numbers and are trained apart. Taken as: they are not tied.',
            fix: 'Compare with the checkpoint before this one, and look for code that writes one tensor under several names.',
        },
        apart: {
            text: ({ name, tensors, all }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is a copy' : 'are copies'} of a parameter that modules share, and ${tensors.length === 1 ? 'holds' : 'hold'} other numbers than the last copy: ${listNames(tensors)}.`,
            severity: 'warning',
            why: 'PEFT saves such a parameter with every module that shares it, and takes the last copy for all of them: what the others hold is lost.',
            fix: 'Save again through model.save_pretrained(folder), and look for code that changes single tensors of the file.',
        },
        pages: {
            text: ({ name, tensors, pages, }) => `In ${name}, ${formatCount(pages, 'page')} of 4 KiB ${pages === 1 ? 'repeats' : 'repeat'} the page before: ${listNames(tensors)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'A file that was overwritten while it was mapped into memory looks so; trained numbers do not repeat. Taken as: nobody made them equal.',
        },
        tail: {
            text: ({ name, bytes, tensors, }) => `The last ${formatBytes(bytes)} of ${name} are zero, from within ${listNames(tensors)} on.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Pages that were never written read as zeros, behind a header that is whole. Taken as: the numbers there were to be others.',
        },
    },
    async run({ subject, valuesOf, report }) {
        const values = await valuesOf(subject);
        if (values === null)
            return;
        const { name } = subject.file;
        const floats = values.tensors.filter(({ isFloat, elements }) => isFloat && elements > 0);
        const zero = floats.filter(({ constant }) => constant === 0);
        const meaning = await file_meaning_meaningOf(subject);
        if (zero.length > 0 && zero.length === floats.length) {
            if (!isIdle(meaning, values))
                report('all', { name, tensors: namesOf(zero), all: floats.length });
            return;
        }
        if (meaning === null)
            return;
        const starts = zeroAtStart(meaning);
        const whole = new Set(meaning.keys.whole.map(({ name: own }) => own));
        const odd = zero.filter(({ name: own }) => !own.endsWith('.bias') && !starts.has(own));
        const isDivided = odd.some(({ name: own }) => own.endsWith('.hra_u'));
        if (odd.length > 0)
            report(isDivided ? 'divided' : 'some', {
                name,
                tensors: namesOf(odd),
                all: floats.length,
            });
        const constant = floats.filter((one) => isOddConstant(whole, one));
        if (constant.length > 0)
            report('constant', {
                name,
                tensors: namesOf(constant),
                all: floats.length,
            });
        const copies = copiesIn(whole, floats);
        if (copies.length > 0)
            report('copies', { name, tensors: namesOf(copies), all: floats.length });
        const apart = apartIn(meaning, floats);
        if (apart.length > 0)
            report('apart', { name, tensors: namesOf(apart), all: floats.length });
        const repeated = floats.filter((one) => isRepeated(whole, one));
        if (repeated.length > 0)
            report('pages', {
                name,
                tensors: namesOf(repeated),
                pages: repeated.reduce((sum, one) => sum + one.repeatedPages, 0),
            });
        const tail = zeroTail(values);
        if (tail !== null && !tail.tensor.includes('embed'))
            report('tail', { name, bytes: tail.bytes, tensors: [tail.tensor] });
    },
});
function isIdle(meaning, { tensors }) {
    if (meaning === null || meaning.keys.modules.size === 0)
        return false;
    const shown = new Map(tensors.map((one) => [one.name, one]));
    const { modules } = withoutEffect(meaning, (name) => shown.get(name));
    return modules.length === meaning.keys.modules.size;
}
function isRepeated(whole, { name, constant, repeatedPages }) {
    return repeatedPages > 0 && constant === null && !whole.has(name);
}
const CONSTANT_MIN_ELEMENTS = 4;
function isOddConstant(whole, { name, constant, elements }) {
    if (constant === null || constant === 0 || elements < CONSTANT_MIN_ELEMENTS)
        return false;
    const isStart = CONSTANT_STARTS.test(name) || (constant === 1 && ONE_STARTS.test(name));
    return !isStart && !whole.has(name);
}
const CONSTANT_STARTS = /(?:vera_lambda_d|randlora_gamma|ln_tuning_layers\.weight|norm\.weight|frod_s_size\.[^.]*|delora_lambda)$/;
const ONE_STARTS = /(?:boft_s|ia3_l|road_alpha|psoft_R\.vector_[ab])$/;
const SHARED_BY_MODULES = /(?:randlora_[AB]|tinylora_[ABP]|lily_[AB]\.weight|shadow_backbone\.)/;
function copiesIn(whole, floats) {
    const first = new Map();
    return floats.filter((one) => {
        const isDigestOfAll = one.constant === null &&
            one.nan < one.elements &&
            one.elements >= CONSTANT_MIN_ELEMENTS &&
            one.elements * 2 <= limits/* VALUE_DIGEST */.v0.wholeBytes;
        if (!isDigestOfAll)
            return false;
        const known = first.get(one.digest);
        if (known === undefined)
            first.set(one.digest, one);
        return (known?.dtype === one.dtype &&
            known.shape.join() === one.shape.join() &&
            !whole.has(one.name) &&
            !SHARED_BY_MODULES.test(one.name));
    });
}
function apartIn(meaning, floats) {
    const { lastOf } = tiedIn(meaning);
    if (lastOf.size === 0)
        return [];
    const values = new Map(floats.map((one) => [one.name, one]));
    return floats.filter((one) => {
        const last = values.get(lastOf.get(one.name) ?? one.name);
        return last !== undefined && last.digest !== one.digest;
    });
}
function namesOf(tensors) {
    return tensors.map(({ name }) => name);
}
function zeroTail({ tensors }) {
    let bytes = 0;
    for (const one of tensors.toReversed()) {
        const whole = one.end - one.begin;
        bytes += Math.min(one.zeroTailBytes, whole);
        if (one.zeroTailBytes >= whole)
            continue;
        return one.zeroTailBytes >= limits/* ZERO_TAIL_BYTES */.mf
            ? { bytes, tensor: one.name }
            : null;
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/core/layout/peft/frozen.js
const FROZEN = /(?:^|\.)(?:p?vera_[AB]|frod_(?:V|s_indices|s_size)\.[^.]*|shadow_backbone\..*)$/;
function isFrozen(name) {
    return FROZEN.test(name);
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/tensor-magnitude-absurd.js






const tensor_magnitude_absurd_text = ({ name, tensors, all, largest }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'has' : 'have'} numbers up to ${largest}: ${listNames(tensors)}.`;
const small = ({ name, tensors, all, largest }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'has' : 'have'} no number above ${largest}: ${listNames(tensors)}.`;
const tensorMagnitudeAbsurd = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'tensor-magnitude-absurd',
        question: 'trained',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Adapter weights of a size that training does not give',
        why: 'Trained parameters of adapters are seldom above 10. Such numbers come from a training that diverged, or from bytes that are no weights (a file overwritten while it was mapped). Taken as: this adapter is no exception.',
        fix: 'Look at the loss and grad_norm of the steps before, and compare with the checkpoint before this one.',
        since: '0.1.0',
    },
    messages: {
        large: { text: tensor_magnitude_absurd_text },
        vanishing: {
            text: small,
            severity: 'error',
            confidence: 'proven',
            why: 'Beside the weights of the base, which are near 0.01, such numbers are lost in rounding: those modules answer as the base does.',
            fix: 'Look whether the learning rate, a scheduler or a decay took the parameters to nothing.',
        },
        faint: {
            text: small,
            why: 'Beside other parameters such numbers are lost in rounding: that part of the adapter may as well be zero. Taken as: training does not end there.',
        },
        divided: {
            text: small,
            severity: 'error',
            confidence: 'proven',
            why: 'HRA divides these vectors by their length, whose square is 0 in 32 bits: the model answers NaN.',
        },
        overflowing: {
            text: tensor_magnitude_absurd_text,
            severity: 'error',
            confidence: 'proven',
            why: 'The square of such a number is beyond what 32 bits hold, so that norms and products with it become infinite and the answers NaN.',
        },
    },
    async run({ subject, valuesOf, report }) {
        if (subject.role !== 'adapter')
            return;
        const values = await valuesOf(subject);
        if (values === null)
            return;
        const floats = values.tensors.filter(({ isFloat }) => isFloat);
        const some = floats.filter(({ name, largest }) => largest > 0 && !isScaleFree(name));
        const areAll = some.every(({ largest }) => largest < limits/* MAGNITUDE_ALL_VANISHING */.dJ);
        const vanishing = areAll
            ? some
            : some.filter(({ largest }) => largest < limits/* MAGNITUDE_VANISHING */.pL);
        const said = (found) => ({
            name: subject.file.name,
            tensors: found.map(({ name }) => name),
            all: values.tensors.length,
            largest: found
                .reduce((most, { largest }) => Math.max(most, largest), 0)
                .toExponential(1),
        });
        if (vanishing.length > 0)
            report(areAll ? 'vanishing' : 'faint', said(vanishing));
        const meaning = await file_meaning_meaningOf(subject);
        const lastOf = meaning && tiedIn(meaning).lastOf;
        const isUnused = (name) => isFrozen(name) || (lastOf?.get(name) ?? name) !== name;
        for (const message of ['divided', 'overflowing', 'large']) {
            const found = floats.filter((one) => tensor_magnitude_absurd_sizeOf(one, isUnused) === message);
            if (found.length > 0)
                report(message, said(found));
        }
    },
});
function isScaleFree(name) {
    return name.endsWith('.hra_u');
}
function tensor_magnitude_absurd_sizeOf({ name, largest }, isUnused) {
    if (isScaleFree(name) && largest > 0 && largest * limits/* MAGNITUDE_OVERFLOWING */.iQ < 1)
        return 'divided';
    if (largest < limits/* MAGNITUDE_DOUBTFUL */.jY)
        return null;
    return largest >= limits/* MAGNITUDE_OVERFLOWING */.iQ && !isUnused(name)
        ? 'overflowing'
        : 'large';
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/tensor-not-finite.js


const tensorNotFinite = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'tensor-not-finite',
        question: 'trained',
        severity: 'error',
        confidence: 'proven',
        title: 'Weights that are not numbers',
        why: 'NaN and infinity spread to all that is computed from them: the model answers with nothing but NaN. Every loader takes such weights without a word.',
        fix: 'Go back to the last step without them; look at the loss and grad_norm before this one, and at fp16 overflow, the learning rate and the data.',
        since: '0.1.0',
    },
    messages: {
        found: {
            text: ({ name, tensors, all, nan, infinite }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'holds' : 'hold'} ${[
                ...(nan > 0 ? [`${formatNumber(nan)} NaN`] : []),
                ...(infinite > 0
                    ? [formatCount(infinite, 'infinity', 'infinities')]
                    : []),
            ].join(' and ')}: ${listNames(tensors)}.`,
        },
        masks: {
            text: ({ name, tensors, all, infinite }) => `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'holds' : 'hold'} ${formatCount(infinite, 'infinity', 'infinities')}: ${listNames(tensors)}.`,
            severity: 'warning',
            why: 'Some models keep masks of infinities among their weights; in any other tensor they turn all that is computed into NaN.',
        },
    },
    async run({ subject, valuesOf, report }) {
        const values = await valuesOf(subject);
        const bad = values?.tensors.filter(({ nan, infinite }) => nan + infinite > 0);
        if (values === null || bad === undefined || bad.length === 0)
            return;
        const data = {
            name: subject.file.name,
            tensors: bad.map(placed),
            all: values.tensors.length,
            nan: bad.reduce((sum, { nan }) => sum + nan, 0),
            infinite: bad.reduce((sum, { infinite }) => sum + infinite, 0),
        };
        const isMask = subject.role === 'model' && data.nan === 0;
        report(isMask ? 'masks' : 'found', data);
    },
});
function placed({ name, firstPlace }) {
    return firstPlace === null || firstPlace.length === 0
        ? name
        : `${name} (first at [${firstPlace.join(', ')}])`;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/tensor-zero-dimension.js



const tensorZeroDimension = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'tensor-zero-dimension',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Adapter tensors with a zero dimension',
        why: 'Such a tensor holds no value. DeepSpeed ZeRO-3 leaves them when one process saves what is spread over all; loading ends in a size mismatch.',
        fix: 'Gather the weights before saving: set stage3_gather_16bit_weights_on_model_save to true and let all ranks take part in the save.',
        since: '0.1.0',
    },
    messages: {
        zero: {
            text: ({ name, tensors, all, }) => `In ${name}, ${formatCount(tensors.length, 'tensor')} of ${formatNumber(all)} ${tensors.length === 1 ? 'has' : 'have'} a dimension of 0: ${listNames(tensors)}.`,
            loaderErrors: () => [
                'RuntimeError: Error(s) in loading state_dict',
                'size mismatch for …: copying a param with shape torch.Size([0]) from checkpoint',
            ],
        },
    },
    async run({ subject, report }) {
        const { file, role } = subject;
        const tensors = role === 'adapter' ? await readTensorsIn(subject) : null;
        if (tensors === null)
            return;
        const isAllEmpty = tensors.every(({ shape }) => shape.includes(0));
        if (!isAllEmpty && (await isPruned(subject)))
            return;
        const empty = tensors
            .filter(({ shape }) => shape.includes(0))
            .map(({ name, shape }) => `${name} [${shape.join(', ')}]`);
        if (empty.length > 0)
            report('zero', { name: file.name, tensors: empty, all: tensors.length });
    },
});
async function isPruned({ checkpoint, file, }) {
    const own = checkpoint.adapters.find(({ weights }) => weights?.file === file);
    const config = await own?.config();
    if (!config?.ok)
        return false;
    const { peftType, hasRankPattern } = config.value;
    return peftType === 'ADALORA' && hasRankPattern;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/torch-legacy-incomplete.js



const CUT_FIX = 'Look for a full disk, a quota or a killed process in the training log ("No space left on device", exit code 137), and save again; if the file was copied, copy it anew.';
const torchLegacyIncomplete = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'torch-legacy-incomplete',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Torch file of the legacy format that does not hold its values',
        why: 'The legacy format has no directory and no checksum: what tensors there are stands first, their values follow. Where these are not whole, torch.load refuses the file.',
        fix: CUT_FIX,
        since: '0.1.0',
    },
    messages: {
        cut: {
            text: ({ name, bytes, expected, storages, complete }) => `${name} ends after ${exactBytes(bytes)} of ${exactBytes(expected)}: the values of ${complete} of ${formatCount(storages, 'storage')} are complete.`,
            loaderErrors: ({ missing }) => [
                `RuntimeError: unexpected EOF, expected ${missing} more bytes. The file might be corrupted.`,
            ],
        },
        count: {
            text: ({ name, key, expected, found }) => `In ${name}, storage ${key} is followed by ${found} elements, its tensors take ${expected} bytes.`,
            fix: 'Copy the file anew, or save it again: it is damaged between its values.',
            loaderErrors: () => ['RuntimeError: storage has wrong byte size'],
        },
        key: {
            text: ({ name, key }) => `${name} announces values for storage ${key}, which none of its tensors has.`,
            fix: 'Copy the file anew, or save it again: its list of storages is damaged.',
            loaderErrors: () => ['not found in deserialized_objects'],
        },
        protocol: {
            text: ({ name, found }) => `${name} is of protocol ${found} of torch's legacy format; there is only 1001.`,
            fix: 'Copy the file anew, or save it again: its start is damaged.',
            loaderErrors: () => ['RuntimeError: Invalid protocol version'],
        },
    },
    async run({ subject: { file, format }, report }) {
        if (format !== 'torch')
            return;
        const state = await file.torchState();
        if (state === null || state.ok)
            return;
        const { name } = file;
        const { defect } = state;
        switch (defect.code) {
            case 'legacy-cut':
                return report('cut', {
                    name,
                    bytes: defect.fileBytes,
                    expected: defect.expectedBytes,
                    storages: defect.storages,
                    complete: defect.complete,
                    missing: defect.missingBytes,
                });
            case 'legacy-count':
                return report('count', {
                    name,
                    key: torch_legacy_incomplete_short(defect.key),
                    expected: defect.expectedBytes,
                    found: defect.found,
                });
            case 'legacy-key':
                return report('key', { name, key: torch_legacy_incomplete_short(defect.key) });
            case 'legacy-protocol':
                return report('protocol', {
                    name,
                    found: torch_legacy_incomplete_short(defect.found ?? 'no number'),
                });
            default:
                return;
        }
    },
});
function torch_legacy_incomplete_short(text) {
    return text.slice(0, 100);
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/torch-not-state-dict.js



const STATE_DICT_ALONE = 'Save the state dict alone: torch.save(model.state_dict(), …), or save_pretrained, which writes safetensors.';
const torchNotStateDict = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'torch-not-state-dict',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Torch file that holds something else than a state dict',
        why: 'torch.load takes the file; PEFT and transformers then look for tensors by name in a dict, and for nothing below it.',
        fix: STATE_DICT_ALONE,
        since: '0.1.0',
    },
    messages: {
        notDict: {
            text: ({ name, type }) => `${name} holds a Python object of type ${type} where a dict of tensors by name is due.`,
            loaderErrors: ({ type }) => [
                `AttributeError: '${type}' object has no attribute`,
                `TypeError: '${type}' object is not iterable`,
                'cannot convert dictionary update sequence element',
                'ValueError: dictionary update sequence element',
            ],
        },
        nested: {
            text: ({ name, count, names }) => `${name} holds ${formatCount(count, 'tensor')}, none of them by its own name: they lie deeper (${list(names, count)}).`,
            why: 'PEFT finds none of its keys and loads such a file with a warning at most, so the model answers as the base model does; transformers starts every weight at random.',
            fix: 'Save what lies under that key by itself: torch.save(checkpoint["state_dict"], …).',
            loaderErrors: () => [
                'UserWarning: Found missing adapter keys while loading the checkpoint',
            ],
        },
        keys: {
            text: ({ name, count }) => `${name} holds a dict with ${formatCount(count, 'key')} that ${count === 1 ? 'is' : 'are'} no text; a state dict has names only.`,
            loaderErrors: () => [
                "AttributeError: 'int' object has no attribute 'endswith'",
                "AttributeError: 'int' object has no attribute 'split'",
            ],
        },
        noData: {
            text: ({ name, count, names }) => `${name} holds ${formatCount(count, 'tensor')} without any values (${list(names, count)}): they were on torch's meta device when they were saved.`,
            why: 'A tensor on the meta device has a shape and nothing else; what training made of it was not saved.',
            fix: 'Bring the weights to a real device before saving (gather or materialise them), and save again.',
            loaderErrors: () => [
                'RuntimeError: Error(s) in loading state_dict',
                'NotImplementedError: Cannot copy out of meta tensor; no data!',
            ],
        },
        sparse: {
            text: ({ name, count, names }) => `${name} holds ${formatCount(count, 'sparse tensor')} (${list(names, count)}), which no loader of adapters or models copies into a weight.`,
            why: 'PEFT and transformers copy dense tensors only, and refuse the file.',
            fix: 'Save dense tensors: tensor.to_dense().',
            loaderErrors: () => [
                'RuntimeError: Error(s) in loading state_dict',
                'NotImplementedError: Cannot access storage of SparseTensorImpl',
            ],
        },
    },
    async run({ subject: { file, format, role }, report }) {
        if (format !== 'torch' || role === 'loose')
            return;
        const state = await file.torchState();
        if (!state?.ok || state.value.unknown !== null)
            return;
        const { root, tensors, inner, oddKeys } = state.value;
        const { name } = file;
        if (root !== 'dict')
            return report('notDict', { name, type: root });
        if (oddKeys > 0)
            return report('keys', { name, count: oddKeys });
        if (tensors.length === 0 && inner.length > 0)
            return report('nested', { name, ...countOf(inner) });
        const empty = tensors.filter(({ form }) => form === 'meta');
        if (empty.length > 0)
            report('noData', { name, ...countOf(empty) });
        const sparse = tensors.filter(({ form }) => form === 'sparse');
        if (sparse.length > 0)
            report('sparse', { name, ...countOf(sparse) });
    },
});
function countOf(tensors) {
    const names = tensors.slice(0, limits/* NAMES_SHOWN */.t6).map((tensor) => tensor.name);
    return { count: tensors.length, names };
}
function list(names, count) {
    return names.join(', ') + (count > names.length ? ', …' : '');
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/torch-pickle-refused.js


const WEIGHTS_ONLY = 'UnpicklingError: Weights only load failed.';
const torch_pickle_refused_NAME_SHOWN = 100;
const BREAKS_ANY_LOADER = new Set([
    'pickle-cut',
    'storage-missing',
    'storage-size',
]);
const torchPickleRefused = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'torch-pickle-refused',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Torch file that torch.load refuses for what its pickle says',
        why: 'Since torch 2.6 torch.load takes tensors and plain containers only (weights_only=True); PEFT, transformers and accelerate load so.',
        fix: 'Save the state dict alone: torch.save(model.state_dict(), …), or save_pretrained, which writes safetensors.',
        since: '0.1.0',
    },
    messages: {
        global: {
            text: ({ name, global }) => `The pickle of ${name} refers to ${global}, which is none of what torch.load allows.`,
            loaderErrors: ({ global }) => [
                WEIGHTS_ONLY,
                `Unsupported global: GLOBAL ${global} was not an allowed global by default.`,
            ],
        },
        blockedGlobal: {
            text: ({ name, global }) => `The pickle of ${name} refers to ${global}; torch.load refuses every name of that module. A state dict refers to nothing of the kind.`,
            fix: 'Find out who wrote this file before anything loads it with weights_only=False, and save the state dict alone.',
            loaderErrors: ({ global }) => [
                WEIGHTS_ONLY,
                `Trying to load unsupported GLOBAL ${global} whose module ${global.split('.')[0] ?? ''} is blocked.`,
            ],
        },
        opcode: {
            text: ({ name, code, at }) => `The pickle of ${name} has the opcode ${code} at byte ${at}, which torch.load does not take. torch.save writes pickle protocol 2; another protocol has such opcodes.`,
            loaderErrors: ({ code }) => [WEIGHTS_ONLY, `Unsupported operand ${code}`],
        },
        structure: {
            text: ({ name, at }) => `The pickle of ${name} asks at byte ${at} for what torch.load does for no state dict.`,
            loaderErrors: () => [WEIGHTS_ONLY],
        },
        broken: {
            text: ({ name, at }) => `The pickle of ${name} is broken at byte ${at}: it goes on as no pickle can.`,
            why: 'The pickle says which tensors there are; with it broken nothing of the file can be loaded.',
            fix: 'Save again, and copy the file anew if it was copied.',
        },
        cut: {
            text: ({ name, at }) => `The pickle of ${name} ends at byte ${at} before it is complete.`,
            why: 'The pickle says which tensors there are; with it cut nothing of the file can be loaded.',
            fix: 'Save again, and copy the file anew if it was copied.',
            loaderErrors: () => [
                'EOFError',
                'IndexError: index out of range',
                'struct.error: unpack requires a buffer of 4 bytes',
            ],
        },
        storageMissing: {
            text: ({ name, key }) => `${name} lacks the values of a tensor: data/${key} is not in the archive.`,
            why: 'The pickle names the record that holds the values, and it is not there.',
            fix: 'Save again, and copy the file anew if it was copied.',
            loaderErrors: ({ key }) => [
                `PytorchStreamReader failed locating file data/${key}: file not found`,
            ],
        },
        storageSize: {
            text: ({ name, key, expected, found, }) => `In ${name}, data/${key} has ${exactBytes(found)}, its tensor takes ${expected} bytes.`,
            why: 'The values do not fill the tensor that the pickle describes, or are too many.',
            fix: 'Save again, and copy the file anew if it was copied.',
            loaderErrors: () => [
                'RuntimeError: record size (… bytes) does not match expected size (…',
            ],
        },
        outOfBounds: {
            text: ({ name, key, shape, }) => `In ${name}, a tensor of shape [${shape}] reaches beyond its values in data/${key}.`,
            why: 'torch puts tensors together from their values by offset, size and stride, and these do not fit.',
            fix: 'Save again, and copy the file anew if it was copied.',
            loaderErrors: () => [
                'RuntimeError: Trying to resize storage that is not resizable',
            ],
        },
        untyped: {
            text: ({ name }) => `${name} holds a tensor of a type that torch writes to its legacy format and cannot read from there (float8, uint16 and others without a storage class).`,
            why: 'torch 2.13 saves such a file without a word and refuses it when it is loaded.',
            fix: 'Save again without _use_new_zipfile_serialization=False, or with save_pretrained, which writes safetensors.',
            loaderErrors: () => [
                "AttributeError: type object 'torch.storage.UntypedStorage' has no attribute 'dtype'",
            ],
        },
        gradient: {
            text: ({ name, key }) => `In ${name}, a tensor with its values in data/${key} asks for a gradient, which torch refuses of its type.`,
            why: 'torch sets the gradient while it puts the tensor together, and cannot.',
            fix: 'Save detached tensors: state_dict() gives such.',
            loaderErrors: () => [
                'RuntimeError: a leaf Variable that requires grad is being used in an in-place operation',
                'RuntimeError: only Tensors of floating point and complex dtype can require gradients',
            ],
        },
    },
    async run({ subject, report: tell }) {
        const { file, format, checkpoint } = subject;
        if (format !== 'torch')
            return;
        const state = await file.torchState();
        if (state === null || state.ok)
            return;
        if (isAllowed(checkpoint, state.defect))
            return;
        const { name } = file;
        const severity = checkpoint.folder === null ? 'warning' : 'error';
        const { defect } = state;
        switch (defect.code) {
            case 'refused':
                break;
            case 'pickle-too-large':
            case 'legacy-protocol':
            case 'legacy-key':
            case 'legacy-count':
            case 'legacy-cut':
                return;
            case 'pickle-cut':
                return tell('cut', { name, at: defect.at });
            case 'storage-missing':
                return tell('storageMissing', { name, key: torch_pickle_refused_short(defect.key) });
            case 'storage-untyped':
                return tell('untyped', { name });
            case 'storage-size':
                return tell('storageSize', {
                    name,
                    key: torch_pickle_refused_short(defect.key),
                    expected: defect.expectedBytes,
                    found: defect.foundBytes,
                });
            case 'tensor-gradient':
                return tell('gradient', { name, key: torch_pickle_refused_short(defect.key) });
            case 'tensor-out-of-bounds':
                return tell('outOfBounds', {
                    name,
                    key: torch_pickle_refused_short(defect.key),
                    shape: torch_pickle_refused_short(defect.shape.join(', ')),
                });
            default:
                return tell('broken', { name, at: defect.at });
        }
        const { refusal } = defect;
        switch (refusal.kind) {
            case 'opcode': {
                const { code, at } = refusal;
                return tell('opcode', { name, code, at }, {}, { severity });
            }
            case 'global':
            case 'blocked-global': {
                const message = refusal.kind === 'global' ? 'global' : 'blockedGlobal';
                const global = torch_pickle_refused_short(refusal.global);
                return tell(message, { name, global }, {}, { severity });
            }
            default:
                return tell('structure', { name, at: refusal.at }, {}, { severity });
        }
    },
});
function isAllowed({ producer }, { code }) {
    return producer === 'Lightning' && !BREAKS_ANY_LOADER.has(code);
}
function torch_pickle_refused_short(text) {
    return text.slice(0, torch_pickle_refused_NAME_SHOWN);
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/torch-record-damaged.js






const torchRecordDamaged = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'torch-record-damaged',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Torch file whose content its own directory contradicts',
        why: 'torch.save writes a CRC-32 of every record, and torch.load never looks at it: such a file loads without a word, with other values or names than were saved.',
        fix: 'Copy the file again from where it was saved; if it is the same there, save again and look for a failing disk or a process that writes to the file.',
        since: '0.1.0',
    },
    messages: {
        damaged: {
            text: ({ name, count, held, records, bytes }) => `In ${name}, ${formatCount(count, 'record')} of ${held} ${count === 1 ? 'does' : 'do'} not match ${count === 1 ? 'its' : 'their'} CRC-32: ${listed(records, count)} (${exactBytes(bytes)}).`,
        },
        headless: {
            text: ({ name, count, records }) => `In ${name}, ${formatCount(count, 'record')} ${count === 1 ? 'has' : 'have'} no sound local header: ${listed(records, count)}.`,
            why: 'torch.load finds the bytes of a record by the local header before it, and refuses a file in which it is not one. Mapped into memory (mmap=True, as transformers opens the weights of a model), it looks less closely and takes other bytes for the values, without a word.',
            loaderErrors: ({ loaderErrors }) => loaderErrors,
        },
    },
    async run({ subject, valuesOf, report }) {
        const { file, format, checkpoint } = subject;
        if (format !== 'torch')
            return;
        const isAllRead = (await valuesOf(subject)) !== null;
        const sums = isAllRead ? await file.torchSums() : null;
        if (sums !== null && sums.damaged.length > 0)
            report('damaged', damagedIn(file.name, sums));
        const lost = sums === null && areHeadersRead(checkpoint)
            ? await findLostRecords(file)
            : (sums?.lost ?? []);
        if (lost.length > 0)
            report('headless', headlessIn(file.name, lost));
    },
});
function damagedIn(name, { held, damaged }) {
    return {
        name,
        count: damaged.length,
        held,
        records: torch_record_damaged_shown(damaged.map(({ record }) => record)),
        bytes: damaged.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    };
}
function headlessIn(name, lost) {
    const records = torch_record_damaged_shown(lost);
    const errors = records
        .slice(0, 1)
        .flatMap((record) => torchLoaderErrors({ code: 'record-unreadable', record }));
    return { name, count: lost.length, records, loaderErrors: errors };
}
function torch_record_damaged_shown(records) {
    return records
        .slice(0, limits/* NAMES_SHOWN */.t6)
        .map((record) => record.slice(0, RECORD_SHOWN));
}
function listed(records, count) {
    return `${records.join(', ')}${count > records.length ? ', …' : ''}`;
}
const RECORD_SHOWN = 100;

;// CONCATENATED MODULE: ./lib/core/checks/loads/torch-trailing-data.js



const torchTrailingData = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'torch-trailing-data',
        question: 'loads',
        severity: 'warning',
        confidence: 'proven',
        title: 'Torch file with data that torch.load does not look at',
        why: 'torch.save writes nothing there. torch.load stops before it, so whatever it is, it is not loaded: the rest of another file, or something hidden.',
        fix: 'Save again with torch.save or save_pretrained, and find out what wrote to the file after it was saved.',
        since: '0.1.0',
    },
    messages: {
        pickle: {
            text: ({ name, bytes }) => `In ${name}, ${exactBytes(bytes)} follow the end of the pickle in data.pkl.`,
        },
        legacy: {
            text: ({ name, bytes }) => `In ${name}, ${exactBytes(bytes)} follow the last values.`,
        },
        twice: {
            text: ({ name, record, count }) => `In ${name}, ${formatCount(count, 'name')} of records ${count === 1 ? 'stands' : 'stand'} twice, the first of them ${record}: torch.load takes one of each pair and does not look at the other.`,
        },
    },
    async run({ subject: { file, format }, report }) {
        if (format !== 'torch')
            return;
        const state = await file.torchState();
        if (!state?.ok)
            return;
        const zip = state.value.storagesAt === null ? await file.torchZip() : null;
        const notes = zip?.ok ? zip.value.directory.notes : [];
        for (const note of notes)
            if (note.code === 'duplicate-name')
                report('twice', {
                    name: file.name,
                    record: note.name.slice(0, torch_trailing_data_RECORD_SHOWN),
                    count: note.count,
                });
        if (state.value.trailingBytes === 0)
            return;
        const { trailingBytes: bytes, storagesAt } = state.value;
        const message = storagesAt === null ? 'pickle' : 'legacy';
        report(message, { name: file.name, bytes });
    },
});
const torch_trailing_data_RECORD_SHOWN = 100;

;// CONCATENATED MODULE: ./lib/core/checks/loads/torch-zip-incomplete.js




const torch_zip_incomplete_loaderErrors = (data) => data.loaderErrors;
const SAVE_AGAIN = 'Look for a full disk, a quota or a killed process in the training log ("unexpected pos", "file write failed", exit code 137), and save again.';
const torchZipIncomplete = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'torch-zip-incomplete',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Torch file without a complete directory',
        why: 'A torch file is a zip archive whose directory is written last. Where it is missing or damaged the save did not end, or the copy is not whole, and torch.load refuses the file.',
        fix: SAVE_AGAIN,
        since: '0.1.0',
    },
    messages: {
        cut: {
            text: ({ name, bytes, salvage }) => `${name} ends after ${exactBytes(bytes)} without the directory that closes a torch file: it was cut off.${survivorWords(salvage)}`,
            loaderErrors: torch_zip_incomplete_loaderErrors,
        },
        zeroTail: {
            text: ({ name, bytes, zeroBytes, salvage, }) => `${name} has ${exactBytes(bytes)}, of which the last ${exactBytes(zeroBytes)} or more are zero: its end was never written, or the file was cut inside zeros.${survivorWords(salvage)}`,
            loaderErrors: torch_zip_incomplete_loaderErrors,
        },
        damaged: {
            text: ({ name, code }) => `${name} has a directory that contradicts itself or the file (${code}).`,
            fix: 'Copy the file again from where it was saved and compare the sizes; if it is the same there, save again.',
            loaderErrors: torch_zip_incomplete_loaderErrors,
        },
        notTorch: {
            text: ({ name, code }) => `${name} is a zip archive but not one that torch.save wrote (${code}).`,
            fix: 'Save the weights with torch.save or save_pretrained.',
            loaderErrors: torch_zip_incomplete_loaderErrors,
        },
    },
    async run({ subject: { file, format }, report }) {
        if (format !== 'torch' || (await file.content()).kind !== 'zip')
            return;
        const zip = await file.torchZip();
        if (zip.ok)
            return;
        const { defect } = zip;
        const data = {
            name: file.name,
            bytes: file.sizeBytes,
            loaderErrors: torchLoaderErrors(defect),
        };
        if (defect.code === 'no-end-record')
            report('cut', {
                ...data,
                salvage: survivorsOf(await file.torchSalvage()),
            });
        else if (defect.code === 'zero-tail')
            report('zeroTail', {
                ...data,
                zeroBytes: defect.zeroBytes,
                salvage: survivorsOf(await file.torchSalvage()),
            });
        else if (isArchiveDefect(defect))
            report('damaged', { ...data, code: defect.code });
        else if (!isOwnCap(defect))
            report('notTorch', { ...data, code: defect.code });
    },
});
function survivorsOf(salvage) {
    if (salvage === null || salvage.storages === 0)
        return null;
    const { storages, complete, storageBytes, completeBytes } = salvage;
    const percent = storageBytes === 0 ? 100 : Math.floor((100 * completeBytes) / storageBytes);
    return { storages, complete, percent, firstLost: salvage.firstLost };
}
const torch_zip_incomplete_NAME_SHOWN = 200;
function survivorWords(salvage) {
    if (salvage === null)
        return '';
    const { storages, complete, percent, firstLost } = salvage;
    const words = ` The values of ${formatNumber(complete)} of ${formatCount(storages, 'storage')} are complete (${percent} % of their bytes)`;
    return firstLost === null
        ? `${words}: no tensor is lost.`
        : `${words}; the first tensor that is lost is ${firstLost.slice(0, torch_zip_incomplete_NAME_SHOWN)}.`;
}
function isArchiveDefect({ code }) {
    return (code.startsWith('directory-') ||
        code.startsWith('entry-') ||
        code === 'end-record-invalid' ||
        code === 'record-unreadable');
}
function isOwnCap({ code }) {
    return code === 'too-many-entries' || code === 'directory-too-large';
}

;// CONCATENATED MODULE: ./lib/core/layout/train-state.js


const TRAIN_STATE = 'train_state.json';
async function readTrainState(file) {
    const json = await file.json();
    if (!json.ok)
        return json;
    const fields = asObject(json.value);
    if (fields === null)
        return (0,parsed/* defective */.Q)({ code: 'not-object' });
    const step = fields.get('current_step');
    if (step === undefined)
        return (0,parsed/* defective */.Q)({ code: 'no-step' });
    switch (step.kind) {
        case 'null':
            return (0,parsed/* parsed */.Y)({ currentStep: null });
        case 'number':
            return (0,parsed/* parsed */.Y)({ currentStep: Number(step.lexeme) });
        case 'boolean':
            return (0,parsed/* parsed */.Y)({ currentStep: Number(step.value) });
        default:
            return (0,parsed/* defective */.Q)({ code: 'step-not-number', found: train_state_TYPES[step.kind] });
    }
}
const train_state_TYPES = { string: 'str', array: 'list', object: 'dict' };

;// CONCATENATED MODULE: ./lib/core/checks/resumes/train-state-invalid.js



const trainStateInvalid = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'train-state-invalid',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'train_state.json of sd-scripts cannot be used',
        why: 'With --resume, sd-scripts reads the step from train_state.json before it loads anything else, and stops where it cannot.',
        fix: 'Write {"current_epoch": E, "current_step": N} with the numbers from the log into train_state.json, or resume from an older state.',
        since: '0.1.0',
    },
    messages: {
        notJson: {
            text: ({ words }) => `train_state.json ${words}.`,
            loaderErrors: () => ['json.decoder.JSONDecodeError: …'],
        },
        notObject: {
            text: (_) => 'train_state.json is JSON but not an object with current_step.',
            loaderErrors: () => [
                'TypeError: list indices must be integers or slices, not str',
            ],
        },
        noStep: {
            text: (_) => 'train_state.json has no current_step.',
            loaderErrors: () => ["KeyError: 'current_step'"],
        },
        notNumber: {
            text: ({ found }) => `current_step in train_state.json is no number but a ${found} of Python.`,
            loaderErrors: ({ found }) => [
                `TypeError: '>' not supported between instances of '${found}' and 'int'`,
            ],
        },
        startsOver: {
            text: ({ step }) => `current_step in train_state.json is ${step}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'With --resume, sd-scripts then counts from step 0 again and says nothing. Taken as: a state is saved after the first step, so that no step lies before it.',
        },
    },
    async run({ subject, report }) {
        const isKohyas = subject.producer === 'kohya state';
        const file = isKohyas ? subject.fileNamed(TRAIN_STATE) : null;
        if (file === null)
            return;
        const where = { path: file.path };
        const state = await readTrainState(file);
        if (state.ok) {
            const { currentStep } = state.value;
            if (currentStep === null || !(currentStep > 0))
                report('startsOver', { step: String(currentStep) }, where);
            return;
        }
        const { defect } = state;
        switch (defect.code) {
            case 'not-object':
                return report('notObject', {}, where);
            case 'no-step':
                return report('noStep', {}, where);
            case 'step-not-number':
                return report('notNumber', { found: defect.found }, where);
            default:
                if (isBeyondOurs(defect))
                    return;
                report('notJson', { words: jsonDefectWords(defect) }, where);
        }
    },
});

;// CONCATENATED MODULE: ./lib/core/layout/shard-gap.js






const NOT_KNOWN = new Set(['NeMo', 'Megatron-LM']);
const OFFLOADED = 'offloaded_tensors';
async function findShardGap(checkpoint) {
    const { sharded, folder, producer, holds } = checkpoint;
    if (sharded === null || folder === null)
        return null;
    if (NOT_KNOWN.has(producer))
        return `what completes a checkpoint of ${producer} is not examined in this version`;
    const unlisted = unlistedIn(folder);
    if (unlisted !== null)
        return unlisted;
    if (holds === 'shards' && !hasKnownShards(checkpoint, sharded))
        return `shards of ${producer} in a format of their own are not examined in this version`;
    for (const dcp of sharded.dcp) {
        const gap = await findDcpGap(dcp);
        if (gap !== null)
            return gap;
    }
    return ((await findRankGap(checkpoint)) ??
        (await findZeroGap(sharded, folder)) ??
        findFsdpGap(checkpoint, sharded) ??
        shard_gap_findLightningGap(checkpoint, sharded) ??
        (await findKohyaGap(checkpoint)));
}
function unlistedIn(folder) {
    const found = [folder, ...folder.folders.values()].find(({ unlisted }) => unlisted !== null);
    return found?.unlisted?.reason ?? null;
}
function hasKnownShards(checkpoint, { dcp, zero }) {
    return dcp.length + zero.length + rankFilesOf(checkpoint).length > 0;
}
async function findDcpGap(dcp) {
    const { name, hasRankMetadata, dataFiles } = dcp;
    if (hasRankMetadata)
        return `the lists that each rank kept in ${name} are not examined in this version`;
    const read = await dcp.metadata();
    if (read === null)
        return `${name} has no .metadata`;
    if (!read.ok)
        return `.metadata in ${name} could not be read (${read.defect.code})`;
    const { unknown, files } = read.value;
    if (unknown !== null)
        return `of .metadata in ${name}: ${unknown}`;
    if (files.size === 0 && dataFiles.length > 0)
        return `.metadata in ${name} places no value in any file`;
    if (files.size > limits/* RANK_FILES_MAX */.EU)
        return `${name} has more than the ${formatNumber(limits/* RANK_FILES_MAX */.EU)} files that are opened`;
    const { missing, short } = findDcpSizeDamage(dcp, read.value);
    const [damaged] = [...missing, ...short];
    return damaged === undefined
        ? null
        : `${damaged.name} in ${name} is not what .metadata says`;
}
async function findRankGap(checkpoint) {
    const files = rankFilesOf(checkpoint);
    if (files.length > limits/* RANK_FILES_MAX */.EU)
        return `there are more than the ${formatNumber(limits/* RANK_FILES_MAX */.EU)} files of ranks that are opened`;
    for (const { name, state } of files) {
        const read = await state();
        if (read.kind === 'unread')
            return `of ${name}: ${read.reason}`;
        if (read.kind === 'damaged')
            return `${name} could not be read`;
    }
    return null;
}
async function findZeroGap({ zero, latest }, { folders }) {
    if (zero.length > 0 && folders.has(OFFLOADED))
        return `the tensors in ${OFFLOADED} are not examined in this version`;
    for (const tag of zero) {
        const gap = await findTagGap(tag, latest !== null);
        if (gap !== null)
            return gap;
    }
    return null;
}
async function findTagGap(tag, hasLatest) {
    const { name, modelStates, optimizerStates, others } = tag;
    if (!hasLatest && !shard_gap_ACCELERATE_TAG.test(name))
        return `no file latest names ${name}`;
    if (others.length > 0)
        return `${name} holds states of experts or layers, whose number this version does not know`;
    if (modelStates.length === 0)
        return `${name} holds no model states`;
    if (optimizerStates.length > 0)
        return null;
    for (const one of modelStates) {
        const file = tag.fileNamed(one.name);
        const read = file === null ? null : await tag.stateOf(file);
        if (read?.kind !== 'whole' || !read.root.filled.has('optimizer'))
            return `${name} holds no optimizer states`;
    }
    return null;
}
const shard_gap_ACCELERATE_TAG = /^pytorch_model(?:_\d+)?$/;
function findFsdpGap({ producer, folder, holds }, { dcp }) {
    if (producer !== 'FSDP' || holds !== 'shards')
        return null;
    const names = [
        ...dcp.map(({ name }) => name),
        ...[...(folder?.files.keys() ?? [])].filter((name) => /_rank\d+\.bin$/.test(name)),
    ];
    if (!names.some((name) => name.startsWith('pytorch_model_fsdp')))
        return 'no shards of the model are there';
    return names.some((name) => name.startsWith('optimizer'))
        ? null
        : 'no shards of the optimizer are there';
}
function shard_gap_findLightningGap({ producer, folder }, { zero }) {
    if (producer !== 'Lightning' || zero.length > 0)
        return null;
    return folder?.files.has('meta.pt') === true ? null : 'no meta.pt is there';
}
async function findKohyaGap(checkpoint) {
    if (checkpoint.producer !== 'kohya state')
        return null;
    const file = checkpoint.fileNamed(TRAIN_STATE);
    const state = file === null ? null : await readTrainState(file);
    if (!state?.ok)
        return `${TRAIN_STATE} could not be used`;
    const { currentStep } = state.value;
    if (!Number.isSafeInteger(currentStep) || (currentStep ?? 0) <= 0)
        return `${TRAIN_STATE} names no step to go on from`;
    const network = await checkpoint.fileNamed(MODEL_SAFETENSORS)?.tensorCount();
    return network?.ok === true ? null : `${MODEL_SAFETENSORS} could not be read`;
}

;// CONCATENATED MODULE: ./lib/core/layout/zero-ranks.js
const zero_ranks_MAX_NAMES = 100;
function findZeroRanks(tag) {
    const { modelStates, optimizerStates } = tag;
    const perRank = modelStates.filter(({ dataRank }) => dataRank !== null);
    const isStage3 = perRank.length > 0;
    const all = [...perRank, ...optimizerStates];
    const first = all.reduce((min, { dataRank }) => Math.min(min, dataRank ?? min), all[0]?.dataRank ?? 0);
    const last = maxOf(all, ({ dataRank }) => dataRank ?? 0);
    const ranks = { first, count: last - first + 1 };
    const prefix = /^(?:bf16_|fp16_)?/.exec(optimizerStates[0]?.name ?? '')?.[0];
    const optimizer = {
        found: optimizerStates,
        dataRanks: ranks,
        nameOf: (modelRank, dataRank) => `${prefix ?? ''}zero_pp_rank_${dataRank}_mp_rank_${modelRank}_optim_states.pt`,
    };
    const model = {
        found: isStage3 ? perRank : modelStates,
        dataRanks: isStage3 ? ranks : null,
        nameOf: (modelRank, dataRank) => `${isStage3 ? `zero_pp_rank_${dataRank}_` : ''}mp_rank_${modelRank}_model_states.pt`,
    };
    const kinds = all.length > 0 ? [optimizer, model] : [model];
    const modelRanks = maxOf([...modelStates, ...optimizerStates], ({ modelRank }) => modelRank) +
        1;
    return {
        missing: takeMissing(kinds, modelRanks),
        missingFiles: kinds.reduce((sum, { found, dataRanks }) => sum + modelRanks * (dataRanks?.count ?? 1) - keysOf(found).size, 0),
        firstRank: first === 0 ? null : first,
    };
}
const BESIDE_STATE = ['latest', 'zero_to_fp32.py'];
function leftOfZero({ sharded, folder, isStepFolder, }) {
    if (folder === null || !isStepFolder || sharded?.zero.length !== 0)
        return [];
    const left = BESIDE_STATE.filter((name) => folder.files.has(name));
    return left.includes('zero_to_fp32.py') ? left : [];
}
function takeMissing(kinds, modelRanks) {
    const names = [];
    for (const { found, dataRanks, nameOf } of kinds) {
        const keys = keysOf(found);
        const { first, count } = dataRanks ?? { first: 0, count: 1 };
        for (let modelRank = 0; modelRank < modelRanks; modelRank += 1)
            for (let rank = first; rank < first + count; rank += 1) {
                if (names.length >= zero_ranks_MAX_NAMES)
                    return names;
                if (!keys.has(zero_ranks_keyOf(modelRank, dataRanks && rank)))
                    names.push(nameOf(String(modelRank).padStart(2, '0'), rank));
            }
    }
    return names;
}
function keysOf(files) {
    return new Set(files.map(({ modelRank, dataRank }) => zero_ranks_keyOf(modelRank, dataRank)));
}
function zero_ranks_keyOf(modelRank, dataRank) {
    return `${modelRank}/${dataRank ?? 'all'}`;
}
function maxOf(files, rankOf) {
    return files.reduce((max, file) => Math.max(max, rankOf(file)), 0);
}

;// CONCATENATED MODULE: ./lib/core/layout/looks-resumable.js








async function looksResumable(checkpoint) {
    const { unexamined, holds, trainerState } = checkpoint;
    if (unexamined !== null && holds !== 'shards')
        return false;
    if (trainerState === null)
        return false;
    if (isStateKept(checkpoint) && !statePairOf(checkpoint).isWhole)
        return false;
    try {
        const brief = await trainerState.brief();
        if (!brief.ok || brief.value.refused.length > 0)
            return false;
        return ((await hasStates(checkpoint)) &&
            (await hasPieces(checkpoint)) &&
            (await looks_resumable_hasWeights(checkpoint)));
    }
    catch (error) {
        if (error instanceof bytes_reader/* SourceError */.c8)
            return false;
        throw error;
    }
}
async function hasStates(checkpoint) {
    const needed = stateFilesOf(checkpoint).filter(({ need }) => need === 'needed');
    if (needed.some(({ file }) => file.sizeBytes === 0))
        return false;
    return isFar(checkpoint) || everyOne(needed, isStateWhole);
}
async function isStateWhole({ reading }) {
    return (await reading()).kind === 'read';
}
async function hasPieces(checkpoint) {
    const { sharded } = checkpoint;
    if (sharded === null)
        return true;
    const { dcp, zero } = sharded;
    const isPartGone = leftOfZero(checkpoint).length > 0 ||
        zero.some((tag) => findZeroRanks(tag).missingFiles > 0) ||
        dcp.some((one) => !one.hasMetadata || one.dataFiles.length === 0) ||
        rankFilesOf(checkpoint).some(({ file }) => file.sizeBytes === 0);
    if (isPartGone)
        return false;
    if (isFar(checkpoint))
        return true;
    if ((await findShardGap(checkpoint)) !== null)
        return false;
    if (await isTagGone(checkpoint))
        return false;
    return everyOne(dcp, async (one) => !(await hasDcpEndDamage(one)));
}
async function isTagGone({ sharded }) {
    if (!sharded?.latest || sharded.zero.length === 0)
        return false;
    const tag = await sharded.latest.headText();
    return !sharded.hasTag(tag.trim());
}
async function looks_resumable_hasWeights(checkpoint) {
    if (checkpoint.holds === 'shards')
        return true;
    const weights = await weightsOf(checkpoint);
    const isEmpty = weights.some(({ file }) => file.sizeBytes === 0);
    if (weights.length === 0 || isEmpty)
        return false;
    if (isFar(checkpoint))
        return true;
    const index = await checkpoint.model?.index();
    const names = new Set(weights.map(({ file }) => file.name));
    if (index?.ok === false)
        return false;
    if (index?.value.shards.some((name) => !names.has(name)))
        return false;
    return everyOne(weights, opens);
}
async function opens({ file, format }) {
    if (format === 'safetensors')
        return (await file.tensorCount()).ok;
    const { kind } = await file.content();
    return kind === 'zip' ? (await file.torchZip()).ok : kind === 'torch-legacy';
}
function isFar({ medium }) {
    return medium.transferMaxBytes !== undefined;
}
async function everyOne(all, holds) {
    for (const one of all)
        if (!(await holds(one)))
            return false;
    return true;
}

;// CONCATENATED MODULE: ./lib/core/layout/newest-state.js





async function newest_state_readState(checkpoint) {
    const { trainerState } = checkpoint;
    if (trainerState === null)
        return null;
    const brief = await trainerState.brief();
    if (!brief.ok || brief.value.log.isWhole)
        return brief;
    const whole = await readWhole(checkpoint);
    return whole.has(trainerState) ? trainerState.whole() : brief;
}
const readWhole = oncePerRun(async (checkpoints) => {
    const newestFirst = checkpoints
        .filter(({ step }) => step !== null)
        .reverse();
    const whole = new Set();
    for (const one of newestFirst) {
        const { trainerState } = one;
        if (trainerState === null || !(await looksResumable(one)))
            continue;
        whole.add(trainerState);
        if (await canBeRead(trainerState.whole))
            return whole;
    }
    if (whole.size > 0)
        return whole;
    for (const { trainerState } of newestFirst)
        if (trainerState !== null && (await canBeRead(trainerState.brief)))
            return new Set([trainerState]);
    return whole;
});
async function readSoundWhole(run) {
    const best = resumableOf(run);
    if (best === null || hasSoundWeights(best))
        return [];
    const more = [];
    const older = run.judged.slice(0, run.judged.indexOf(best)).reverse();
    for (const one of older) {
        const { checkpoint, answers } = one;
        const { trainerState, step } = checkpoint;
        const isOpen = answers.resumes.value === 'not checked';
        if (step === null || trainerState === null || !isOpen)
            continue;
        if (!hasSoundWeights(one) || !isStateRead(checkpoint))
            continue;
        if (!(await looksResumable(checkpoint)))
            continue;
        const brief = await trainerState.brief();
        const whole = await readWhole(checkpoint);
        if (!brief.ok || brief.value.log.isWhole || whole.has(trainerState))
            continue;
        whole.add(trainerState);
        more.push(one);
        if (await canBeRead(trainerState.whole))
            return more;
    }
    return more;
}
async function canBeRead(read) {
    try {
        return (await read()).ok;
    }
    catch (error) {
        if (error instanceof bytes_reader/* SourceError */.c8)
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/trainer-state-invalid.js








const NOT_JSON = 'json.decoder.JSONDecodeError';
const trainerStateInvalid = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'trainer-state-invalid',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'Trainer state that a Trainer does not take',
        why: 'A Trainer reads trainer_state.json when it resumes, before the first step, and stops with an error at what it cannot read. It is the last file of a save: one that is cut or empty means that the save did not end.',
        fix: 'Resume from the checkpoint before this one, and move this folder away: resume_from_checkpoint=True takes the highest step without looking inside. Its weights may be whole all the same.',
        since: '0.1.0',
    },
    messages: {
        notJson: {
            text: ({ words }) => `trainer_state.json ${words}.`,
            settles: true,
            loaderErrors: ({ loaderError }) => [loaderError],
        },
        placeholder: {
            text: ({ found }) => `trainer_state.json is ${found}, not JSON.`,
            settles: true,
            fix: ({ found }) => `${placeholderAdvice(found) ?? 'Put the real file in its place.'} Else resume from another checkpoint, and move this folder away.`,
            loaderErrors: () => [
                `${NOT_JSON}: Expecting value: line 1 column 1 (char 0)`,
            ],
        },
        notAnObject: {
            text: ({ type }) => `trainer_state.json is JSON but not an object: Python reads it as \`${type}\`.`,
            settles: true,
            loaderErrors: ({ type }) => [
                `TypeError: transformers.trainer_callback.TrainerState() argument after ** must be a mapping, not ${type}`,
            ],
        },
        fieldInvalid: {
            text: ({ field, found, }) => found === null
                ? `trainer_state.json has no \`${field}\`, without which a Trainer cannot go on.`
                : `\`${field}\` of trainer_state.json is ${found}, of which a Trainer can make nothing.`,
            settles: true,
            loaderErrors: ({ loaderError }) => [loaderError],
        },
        stepUnset: {
            text: (_none) => 'trainer_state.json has no `global_step`.',
            severity: 'warning',
            settles: true,
            why: 'A Trainer that resumes takes 0 for it: it loads the weights and trains on them from the first batch on, for all steps, with the learning rate where the scheduler left it.',
            fix: 'Resume from a sibling that has it, or set `global_step` to the number of optimizer steps that these weights have seen.',
        },
        fieldUnknown: {
            text: ({ names, isCut }) => `TrainerState has no field ${isCut ? manyNames(names) : listNames(names)}, of which trainer_state.json has a value.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'TrainerState takes every field as an argument and raises for one that it does not know. Taken as: what resumes is no newer than transformers 5.18, whose fields (those of 4.57, too) were compared.',
            fix: 'Resume with the version of transformers that saved, or take the field out of the file.',
            loaderErrors: ({ names }) => [
                `TypeError: TrainerState.__init__() got an unexpected keyword argument '${names[0] ?? ''}'`,
            ],
        },
    },
    async run({ subject, report }) {
        const file = subject.trainerState?.file;
        const state = await newest_state_readState(subject);
        if (file === undefined || state === null)
            return;
        const where = { path: file.path };
        const severity = stepTakenInstead(subject) === null ? 'error' : 'warning';
        if (!state.ok) {
            const { defect } = state;
            if (defect.code === 'not-object')
                report('notAnObject', { type: defect.type }, where, { severity });
            else if (!isBeyondOurs(defect)) {
                const found = await placeholderIn(file, defect);
                if (found === null)
                    report('notJson', trainer_state_invalid_wordsOf(defect), where, { severity });
                else
                    report('placeholder', { found }, where, { severity });
            }
            return;
        }
        const { refused, unknown, hasMoreUnknown, hasStep } = state.value;
        for (const one of refused)
            report('fieldInvalid', { ...one }, where, { severity });
        if (!hasStep)
            report('stepUnset', {}, where);
        if (unknown.length > 0)
            report('fieldUnknown', { names: [...unknown], isCut: hasMoreUnknown }, where);
    },
});
function manyNames(names) {
    const shown = names.slice(0, limits/* NAMES_SHOWN */.t6);
    return `${shown.join(', ')} and more than ${formatNumber(names.length - shown.length)} others`;
}
function trainer_state_invalid_wordsOf(defect) {
    const words = jsonDefectWords(defect);
    return { words, loaderError: loaderErrorOf(defect.code) };
}
function loaderErrorOf(code) {
    switch (code) {
        case 'empty':
            return `${NOT_JSON}: Expecting value: line 1 column 1 (char 0)`;
        case 'byte-order-mark':
            return `${NOT_JSON}: Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)`;
        case 'invalid-utf8':
            return "UnicodeDecodeError: 'utf-8' codec can't decode byte";
        case 'trailing':
            return `${NOT_JSON}: Extra data`;
        default:
            return NOT_JSON;
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/trainer-state-missing.js






const BEFORE_STATE = /^(?:optimizer\.pt|scheduler\.pt|rng_state(?:_\d+)?\.pth)$/;
const trainer_state_missing_LOG_OF_SAVE = 'Look into the log for what ended the save (a full disk, a killed process).';
const trainerStateMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'trainer-state-missing',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'Trainer checkpoint whose save did not end',
        why: 'A Trainer writes trainer_state.json as the last file of a checkpoint. Without it resume_from_checkpoint raises, and with resume_from_checkpoint=True it does so for the whole run, since it takes the highest step without looking inside.',
        fix: `Its weights may be whole: keep them. Where an older checkpoint is whole, move this folder away, so that the older one is taken. ${trainer_state_missing_LOG_OF_SAVE}`,
        since: '0.1.0',
    },
    messages: {
        missing: {
            text: ({ names, phase }) => `Training cannot go on from here: ${listNames(names)} ${names.length === 1 ? 'is' : 'are'} there, trainer_state.json is not; ${phase}.`,
            fix: ({ older }) => older === ''
                ? `No older checkpoint here has a trainer_state.json to go on from. The weights may be whole: keep them, and begin a new training from them if need be. ${trainer_state_missing_LOG_OF_SAVE}`
                : `Resume from ${older}, and move this folder away, but keep it: its weights may be whole. ${trainer_state_missing_LOG_OF_SAVE}`,
            loaderErrors: () => STATE_NOT_FOUND_ERRORS,
        },
        overtaken: {
            text: ({ names, newer }) => `Training cannot go on from here: ${listNames(names)} ${names.length === 1 ? 'is' : 'are'} there, trainer_state.json is not. A resume takes ${newer}, not this.`,
            severity: 'warning',
            confidence: 'proven',
            settles: true,
            why: 'A Trainer writes trainer_state.json as the last file of a checkpoint: this save did not end, or the file was taken away since.',
            fix: 'Keep the folder for its weights, which may be whole, or delete it once a newer checkpoint is whole.',
            loaderErrors: () => STATE_NOT_FOUND_ERRORS,
        },
        folder: {
            text: (_) => 'Training cannot go on from here: trainer_state.json is a folder, where a Trainer reads a file.',
            settles: true,
            why: 'A Trainer reads it when it resumes, before the first step, and ends where it opens a folder as a file.',
            fix: 'Resume from another checkpoint, and move this folder away: resume_from_checkpoint=True takes the highest step without looking inside.',
            loaderErrors: () => [
                "IsADirectoryError: [Errno 21] Is a directory: '…trainer_state.json'",
            ],
        },
        weightsOnly: {
            text: ({ phase }) => `Training cannot go on from here: weights are there, trainer_state.json is not, though other steps of the run have it. If this is a save of the Trainer, ${phase}.`,
            severity: 'warning',
            confidence: 'inferred',
            settles: true,
            why: 'With resume_from_checkpoint=True a Trainer takes the highest step without looking inside, and raises where trainer_state.json is not there. Taken as: the Trainer saved here; a folder that you made for the weights alone is no fault.',
            loaderErrors: () => STATE_NOT_FOUND_ERRORS,
        },
        weightsKept: {
            text: ({ newer }) => `Weights are there, trainer_state.json is not. A resume takes ${newer}, not this.`,
            severity: 'notice',
            confidence: 'proven',
            settles: true,
            why: 'Training cannot go on from here. The weights can be used all the same.',
            fix: 'If the state was taken away on purpose, nothing need be done.',
        },
        perhaps: {
            text: ({ names }) => `Training state is there (${listNames(names)}), trainer_state.json is not, in no checkpoint of this run.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'A Trainer writes trainer_state.json last, and cannot resume without it. Taken as: the state may also be that of a training loop of your own, which needs no such file.',
            fix: 'If a Trainer is to resume from here, save again; a loop of your own need do nothing.',
        },
    },
    run({ subject, report }) {
        const { folder, isStepFolder, holds, trainerState } = subject;
        if (folder === null || !isStepFolder || holds === 'nothing')
            return;
        if (trainerState !== null || folder.files.has(SENTINEL))
            return;
        if (subject.unexamined !== null && holds === 'unknown')
            return;
        const names = [...folder.files.keys()].filter((name) => BEFORE_STATE.test(name));
        const isOfTrainers = isTrainersRun(subject);
        const phase = trainer_state_missing_phaseOf(subject);
        const newer = stepTakenInstead(subject);
        if (folder.folders.has(TRAINER_STATE)) {
            const severity = newer === null ? 'error' : 'warning';
            report('folder', {}, { path: subject.path }, { severity });
            return;
        }
        const older = olderState(subject);
        if (names.length === 0) {
            if (!isOfTrainers)
                return;
            if (newer !== null)
                report('weightsKept', { newer });
            else if (hasTrainersOwn(subject))
                report('missing', { names: ownNames(subject), phase, older });
            else
                report('weightsOnly', { phase });
        }
        else if (!isOfTrainers && !hasTrainersOwn(subject))
            report('perhaps', { names });
        else if (newer === null)
            report('missing', { names, phase, older });
        else
            report('overtaken', { names, newer });
    },
});
function olderState({ ofRun, step: own }) {
    const older = ofRun.findLast(({ isStepFolder, step, trainerState }) => isStepFolder &&
        trainerState !== null &&
        step !== null &&
        step < (own ?? Infinity));
    return older?.path ?? '';
}
function ownNames({ folder }) {
    return folder?.files.has('training_args.bin') ? ['training_args.bin'] : [];
}
function trainer_state_missing_phaseOf(subject) {
    const phase = savePhaseOf(subject);
    return phase === null ? 'the save did not end' : phaseWords(phase);
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/trainer-state-step-mismatch.js





const stepWords = (step) => Number.isSafeInteger(step) ? formatNumber(step) : String(step);
const bothWords = ({ named, said }) => `The folder is named after step ${stepWords(named)}, its trainer_state.json says ${stepWords(said)}`;
const ASSUMED = 'Taken as: a Trainer names the folder after the step that it writes into the file, so that one of the two was renamed, copied or edited.';
const trainerStateStepMismatch = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'trainer-state-step-mismatch',
        question: 'resumes',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Trainer state of another step than its folder',
        why: `A Trainer picks the folder by its name and goes on from the step in the file, without comparing them. ${ASSUMED}`,
        fix: 'Rename the folder after the step of its file if all of it is of that step, or put the trainer_state.json that belongs to these weights back.',
        since: '0.1.0',
    },
    messages: {
        lower: {
            text: (steps) => `${bothWords(steps)}, which is lower.`,
            why: `A Trainer picks the folder by its name and goes on from the step in the file: if the weights are those of the name, it trains on the batches between once more, and saves over the folders of those steps. ${ASSUMED}`,
        },
        higher: {
            text: (steps) => `${bothWords(steps)}, which is higher.`,
            why: `A Trainer picks the folder by its name and goes on from the step in the file: if the weights are those of the name, the batches between are left out, and where it reaches max_steps training ends within a step. ${ASSUMED}`,
        },
        sibling: {
            text: ({ sibling, ...steps }) => `${bothWords(steps)}, which is the step of ${sibling}.`,
            fix: 'If the folder was copied from that one, rename or delete it: weights, optimizer and step are those of the other. If the file alone was, put back the one that belongs here.',
        },
        alone: {
            text: (steps) => `Training cannot go on from here as it was: the folder and the schedule in scheduler.pt are of step ${stepWords(steps.named)}, its trainer_state.json says ${stepWords(steps.said)}.`,
            settles: true,
            why: 'A Trainer picks the folder by its name and goes on from the step in the file: it trains on batches once more, or leaves some out, with the optimizer and the learning rate of another step. Taken as: the file was copied from elsewhere, or edited; a folder that was renamed has a schedule that agrees with the file.',
            fix: 'Put the trainer_state.json that belongs to these weights back, or resume from another checkpoint.',
        },
    },
    async run({ subject, report }) {
        const { trainerState, name, step: named } = subject;
        if (trainerState === null || named === null || !TRAINER_FOLDER.test(name))
            return;
        const state = await trainerState.brief();
        if (!state.ok)
            return;
        const { globalStep: said, refused } = state.value;
        if (said === null || !Number.isFinite(said) || refused.length > 0)
            return;
        if (said === named)
            return;
        const steps = { named, said };
        const where = { path: trainerState.file.path };
        if (await isFileAlone(subject))
            return report('alone', steps, where);
        const sibling = folderOfStep(subject, said);
        if (sibling !== undefined)
            report('sibling', { ...steps, sibling: sibling.name }, where);
        else
            report(said < named ? 'lower' : 'higher', steps, where);
    },
});
async function isFileAlone(subject) {
    const counts = await step_counts_stepCountsOf(subject);
    if (counts === null)
        return false;
    const { named, scheduler, optimizer } = counts;
    return scheduler === named && (optimizer === null || optimizer === named);
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/vocabulary-unembedded.js





const EMBEDDINGS = /embed|lm_head|wte|wpe|token_adapter|trainable_tokens|output_layer/;
const vocabularyUnembedded = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'vocabulary-unembedded',
        question: 'loads',
        severity: 'warning',
        confidence: 'inferred',
        title: 'Tokens added, embeddings for them not saved',
        why: 'The base has no rows for these tokens, and the adapter brings none: what training made of them is lost, and a text with one of them stops with an index out of range. Taken as: config.json beside the adapter or at the root of the run is that of the base, and no rows of the base were spare.',
        fix: 'Save with save_embedding_layers=True, or train the rows with trainable_token_indices. PEFT saves resized embeddings by itself only where it can read the configuration of the base.',
        since: '0.1.0',
    },
    messages: {
        unembedded: {
            text: ({ tokens, rows, highest }) => `The tokenizer has ${formatCount(tokens.length, 'token')} beyond the ${formatNumber(rows)} rows of config.json (${listNames(tokens)}; up to ${formatNumber(highest)}), and the adapter saves no embeddings.`,
            loaderErrors: () => ['IndexError: index out of range in self'],
        },
    },
    async run({ subject, report }) {
        const { ofRun, adapters } = subject;
        if (adapters.length === 0)
            return;
        const root = ofRun.at(-1);
        const rows = (await readVocabularySize(subject)) ??
            (root?.isRunRoot === true ? await readVocabularySize(root) : null);
        if (rows === null)
            return;
        const beyond = (await readAddedTokens(subject)).filter(({ id }) => id >= rows);
        if (beyond.length === 0)
            return;
        const tokens = beyond.map(({ token }) => token);
        const highest = beyond.reduce((most, { id }) => Math.max(most, id), 0);
        for (const adapter of adapters) {
            const config = await adapter.config();
            if (!config?.ok || (await hasEmbeddings(adapter, config.value.fields)))
                continue;
            const path = adapter.weights?.file.path ?? adapter.path;
            report('unembedded', { tokens, rows, highest }, { path });
        }
    },
});
async function hasEmbeddings({ weights }, fields) {
    const indices = fields.get('trainable_token_indices');
    if (indices !== undefined && !isFalsy(indices))
        return true;
    const tensors = weights === null ? null : await readTensorsIn(weights);
    return tensors?.some(({ name }) => EMBEDDINGS.test(name)) ?? true;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/weights-both-formats.js

const weightsBothFormats = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'weights-both-formats',
        question: 'loads',
        severity: 'notice',
        confidence: 'proven',
        title: 'Weights in both formats side by side',
        why: 'The loader takes the safetensors file, even where the other is newer. The other was not examined.',
        fix: 'Delete the file that is not meant.',
        since: '0.1.0',
    },
    messages: {
        both: {
            text: ({ taken, passedOver }) => `${taken} and ${passedOver} lie side by side: the loader takes ${taken}.`,
        },
    },
    run({ subject: { adapters, model }, report }) {
        for (const { weights, passedOver, path } of adapters)
            if (weights !== null && passedOver !== null)
                report('both', { taken: weights.file.name, passedOver: passedOver.name }, { path });
        const taken = model?.single?.file ?? model?.indexFile ?? null;
        if (model?.passedOver && taken !== null)
            report('both', { taken: taken.name, passedOver: model.passedOver.name });
    },
});

;// CONCATENATED MODULE: ./lib/core/checks/loads/weights-format-mismatch.js




const LOADERS = {
    safetensors: 'the safetensors reader',
    torch: 'torch.load',
};
const weightsFormatMismatch = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'weights-format-mismatch',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Content of another format than the name says',
        why: 'The loader chooses its reader by the name of the file and does not look at the content first.',
        fix: 'Rename the file to what it is, unpack it if it is an archive, or save it again in the format of its name.',
        since: '0.1.0',
    },
    messages: {
        other: {
            text: ({ name, found, format, }) => `${name} is ${found}, which ${LOADERS[format]} does not read.`,
            loaderErrors: ({ format }) => format === 'torch'
                ? [TORCH_UNPICKLING_ERROR]
                : [
                    'Error while deserializing header: header too large',
                    'Error while deserializing header: HeaderTooLarge',
                ],
        },
        torchTar: {
            text: ({ name }) => `${name} is a tar archive: torch.load takes it for a file of torch 0.1, and refuses these by default.`,
            fix: 'Unpack it if it is an archive of files; a file of torch 0.1 has to be loaded once with weights_only=False, if it can be trusted, and saved anew.',
            loaderErrors: () => [
                'RuntimeError: Cannot use ``weights_only=True`` with files saved in the legacy .tar format.',
            ],
        },
        torchScript: {
            text: ({ name }) => `${name} is a TorchScript archive, which torch.load refuses by default.`,
            fix: 'Save the state dict with torch.save or save_pretrained; a TorchScript archive is for torch.jit.load.',
            loaderErrors: () => [TORCHSCRIPT_LOADER_ERROR],
        },
    },
    async run({ subject: { file, format }, report }) {
        const content = await file.content();
        if (format === 'torch' && content.kind === 'zip') {
            const zip = await file.torchZip();
            if (zip.ok && zip.value.isTorchScript)
                report('torchScript', { name: file.name });
        }
        if (isPlaceholder(content.kind) || isOwnFormat(format, content))
            return;
        if (format === 'torch' && content.kind === 'tar')
            return report('torchTar', { name: file.name });
        report('other', { name: file.name, found: weights_format_mismatch_nameOf(content), format });
    },
});
function weights_format_mismatch_nameOf(content) {
    const name = contentName(content.kind);
    return content.kind === 'unknown'
        ? `${name} (first bytes ${content.firstBytes})`
        : name;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/weights-missing.js




const FIX = 'Look for an error at save time in the training log (a full disk, a killed process, an upload filter), and save again.';
const READ_BY_ACCELERATE = ['accelerate', 'kohya state'];
const NO_FIRST_MODEL_ERRORS = [
    "FileNotFoundError: [Errno 2] No such file or directory: '…pytorch_model.bin'",
];
const weightsMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'weights-missing',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Weights file missing',
        why: 'There is nothing to load: the configuration or the training state alone is not a model.',
        fix: FIX,
        since: '0.1.0',
    },
    messages: {
        adapter: {
            text: ({ dangling }) => `adapter_config.json is there, adapter_model.safetensors and adapter_model.bin are not${danglingWords(dangling)}.`,
            loaderErrors: () => [
                "Can't find weights for … in … or in the Hugging Face Hub. Please check that the file adapter_model.bin or adapter_model.safetensors is present at …",
                "HFValidationError: Repo id must be in the form 'repo_name' or 'namespace/repo_name'",
            ],
        },
        adapterBeforeEnd: {
            text: (_) => 'adapter_config.json is there without weights, above folders with checkpoints.',
            severity: 'warning',
            confidence: 'inferred',
            why: 'Some trainers (axolotl) write the configuration before training starts and the weights at its end. Taken as: the run has not ended, or ended before its last save.',
            fix: 'If the run was to end, look into its log for the reason why it did not; the checkpoints below are judged by themselves.',
        },
        model: {
            text: ({ dangling }) => `config.json is there, model.safetensors and pytorch_model.bin (or an index of shards) are not${danglingWords(dangling)}.`,
            loaderErrors: () => [
                'Error no file named model.safetensors, or pytorch_model.bin, found in directory …',
            ],
        },
        modelTemplate: {
            text: (_) => 'config.json and generation_config.json are there, weights are not, in a folder that is neither named nor a step of a run.',
            severity: 'warning',
            confidence: 'inferred',
            why: 'A save that did not end leaves this. Taken as: it may also be a configuration that is kept as a template.',
            fix: 'If a model was to be saved here, look for an error at save time in the training log. Name the folder as a path, or set `expect: model`, to make this an error.',
        },
        shardsWithoutIndex: {
            text: ({ names }) => `${formatCount(names.length, 'shard')} (${listNames(names)}) ${names.length === 1 ? 'is' : 'are'} there, but no index file that says which tensor is where.`,
            why: 'The loader finds shards through model.safetensors.index.json or pytorch_model.bin.index.json only. It is written last, so the save may not have ended.',
            loaderErrors: () => [
                'Error no file named model.safetensors, or pytorch_model.bin, found in directory …',
            ],
        },
        trainerState: {
            text: ({ names }) => `The folder holds training state (${listNames(names)}) but no weights: no adapter_model.* and no model.* file.`,
            fix: `${FIX} What a rotation of old checkpoints left can be deleted.`,
            loaderErrors: () => NOT_FOUND_ERRORS,
        },
        accelerateState: {
            text: ({ names }) => `The folder holds the state of accelerate (${listNames(names)}) but no weights: no model.safetensors and no pytorch_model.bin.`,
            loaderErrors: () => NO_FIRST_MODEL_ERRORS,
        },
        accelerateFirst: {
            text: ({ found }) => `${found} is there, model.safetensors and pytorch_model.bin are not.`,
            why: 'load_state of accelerate reads the first model under one of these two names, and no index of shards.',
            loaderErrors: () => NO_FIRST_MODEL_ERRORS,
        },
        fsdpModel: {
            text: ({ names }) => `The shards of the optimizer (${listNames(names)}) are there, those of the model (pytorch_model_fsdp_0) are not.`,
            loaderErrors: () => ["ValueError: Can't find a valid checkpoint at …"],
        },
        mlxFinal: {
            text: ({ saves }) => `adapters.safetensors is not there, only ${formatCount(saves.length, 'earlier save')} (${listNames(saves)}).`,
            why: 'MLX loads adapters.safetensors and no other name.',
            fix: 'Copy the save that you want to use to adapters.safetensors.',
        },
    },
    run({ subject, options, report }) {
        const { folder, model } = subject;
        const shards = optimizerAlone(subject);
        if (shards.length > 0)
            report('fsdpModel', { names: shards });
        if (subject.unexamined !== null)
            return;
        if (folder !== null && temporariesIn(folder).length > 0)
            return;
        for (const adapter of subject.adapters.filter(lacksWeights)) {
            const { path } = adapter;
            const dangling = [...adapter.dangling].sort();
            if (isBeforeEnd(subject))
                report('adapterBeforeEnd', { path }, { path });
            else
                report('adapter', { dangling }, { path });
        }
        if (model !== null && model.looseShards.length > 0)
            report('shardsWithoutIndex', { names: [...model.looseShards] });
        else if (isPerhapsTemplate(subject) && options.expect !== 'model')
            report('modelTemplate', {});
        else if (model !== null && lacksModelWeights(model))
            report('model', { dangling: [...model.dangling].sort() });
        const saves = mlxSaves(subject);
        if (saves.length > 0)
            report('mlxFinal', { saves });
        const found = insteadOfFirst(subject);
        if (found !== null)
            report('accelerateFirst', { found });
        const state = folder === null ? [] : stateFilesIn(folder);
        if (subject.holds === 'nothing' && state.length > 0)
            report(READ_BY_ACCELERATE.includes(subject.producer)
                ? 'accelerateState'
                : 'trainerState', { names: state });
    },
});
function optimizerAlone({ producer, holds, sharded, folder, }) {
    if (producer !== 'FSDP' || holds !== 'shards')
        return [];
    const names = sharded?.dcp.map(({ name }) => name) ?? [];
    const files = [...(folder?.files.keys() ?? [])];
    const hasModel = [...names, ...files].some((name) => name.startsWith('pytorch_model_fsdp'));
    return hasModel ? [] : names;
}
function insteadOfFirst({ producer, model, loose }) {
    if (!READ_BY_ACCELERATE.includes(producer) || model?.single)
        return null;
    return model?.indexFile?.name ?? loose[0]?.file.name ?? null;
}
function mlxSaves({ producer, folder, loose }) {
    if (producer !== 'MLX' || folder === null || loose.length > 0)
        return [];
    return [...folder.files.keys()].filter((name) => name.endsWith('_adapters.safetensors'));
}
function lacksWeights({ weights, configFile }) {
    return weights === null && configFile !== null;
}
function lacksModelWeights({ single, indexFile }) {
    return single === null && indexFile === null;
}
function danglingWords(dangling) {
    return dangling.length === 0
        ? ''
        : ` (${listNames(dangling)} ${dangling.length === 1 ? 'is a link' : 'are links'} to nothing)`;
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/weights-no-tensors.js


const weightsNoTensors = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'weights-no-tensors',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Weights file without a tensor',
        why: 'PEFT loads such a file with a warning at most, and the model answers as the base model does.',
        fix: 'The state dict was empty when it was saved: remove an override of state_dict, do not take get_peft_model_state_dict of what it returned, and save from the process that holds the weights.',
        since: '0.1.0',
    },
    messages: {
        none: {
            text: ({ name, bytes }) => `${name} (${exactBytes(bytes)}) is whole and holds no tensor at all.`,
            loaderErrors: () => [
                'UserWarning: Found missing adapter keys while loading the checkpoint',
            ],
        },
        noneModel: {
            text: ({ name, bytes }) => `${name} (${exactBytes(bytes)}) is whole and holds no tensor at all.`,
            why: 'transformers loads such a file and starts every weight of the model at random.',
            fix: 'The state dict was empty when it was saved: save from the process that holds the weights, and gather them first if they are sharded.',
        },
    },
    async run({ subject: { file, format, role }, report }) {
        const isEmpty = format === 'safetensors'
            ? await isEmptySafetensors(file)
            : await isEmptyTorch(file);
        if (!isEmpty)
            return;
        const message = role === 'model' ? 'noneModel' : 'none';
        report(message, { name: file.name, bytes: file.sizeBytes });
    },
});
async function isEmptySafetensors(file) {
    const header = await file.safetensors();
    return header.ok && header.value.tensors.length === 0;
}
async function isEmptyTorch(file) {
    const state = await file.torchState();
    if (!state?.ok || state.value.unknown !== null)
        return false;
    const { root, tensors, inner, oddKeys } = state.value;
    return (root === 'dict' &&
        tensors.length === 0 &&
        inner.length === 0 &&
        oddKeys === 0);
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/weights-placeholder.js





const textErrors = ({ format }) => format === 'torch'
    ?
        [TORCH_UNPICKLING_ERROR, 'IndexError: pop from empty list']
    : [
        'Error while deserializing header: header too large',
        'Error while deserializing header: HeaderTooLarge',
    ];
const weightsPlaceholder = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'weights-placeholder',
        question: 'loads',
        severity: 'error',
        confidence: 'proven',
        title: 'Placeholder instead of weights',
        why: 'The name is that of a weights file, the content is not. Whoever checks only that the file exists is content with it.',
        fix: 'Find what wrote this file: a real save never writes such content.',
        since: '0.1.0',
    },
    messages: {
        empty: {
            text: ({ name }) => `${name} is an empty file of 0 bytes.`,
            fix: 'The write failed after the file was made: look for a full disk, a quota or a killed process in the training log, and save again.',
            loaderErrors: ({ format }) => format === 'torch'
                ? ['EOFError']
                : [
                    'Error while deserializing header: header too small',
                    'Error while deserializing header: HeaderTooSmall',
                ],
        },
        zeros: {
            text: ({ name, bytes }) => `${name} has its ${exactBytes(bytes)}, and they are zero wherever it was read (both ends, 64 KiB each).`,
            fix: `${NEVER_FILLED}, and save again.`,
            loaderErrors: ({ format }) => format === 'torch'
                ? [
                    'RuntimeError: Cannot use ``weights_only=True`` with files saved in the legacy .tar format.',
                ]
                : [
                    'Error while deserializing header: invalid JSON in header: EOF while parsing a value',
                    'Error while deserializing header: InvalidHeaderDeserialization',
                ],
        },
        lfsPointer: {
            text: ({ name, sizeBytes }) => `${name} is a Git LFS pointer. The weights that it stands for have ${exactBytes(sizeBytes)} and are not here.`,
            fix: PULL_LFS,
            loaderErrors: textErrors,
        },
        html: {
            text: ({ name, title }) => `${name} is an HTML page${title === '' ? '' : ` ("${title}")`}.`,
            fix: DOWNLOAD_AGAIN,
            loaderErrors: textErrors,
        },
        xml: {
            text: ({ name, root }) => `${name} is an XML document${root === '' ? '' : ` (<${root}>)`}.`,
            fix: DOWNLOAD_AGAIN,
            loaderErrors: textErrors,
        },
        json: {
            text: ({ name, error }) => `${name} is a JSON document${error === '' ? '' : ` (error: ${error})`}.`,
            fix: DOWNLOAD_AGAIN,
            loaderErrors: textErrors,
        },
        text: {
            text: ({ name, bytes, firstLine }) => `${name} is a text of ${exactBytes(bytes)}: "${firstLine}".`,
            fix: 'A test stub or a mock wrote this file. Save the real model, and point the check at what the real run wrote.',
            loaderErrors: textErrors,
        },
    },
    async run({ subject: { file, format }, report }) {
        const content = await file.content();
        if (!isPlaceholder(content.kind))
            return;
        const own = { name: file.name, bytes: file.sizeBytes, format };
        switch (content.kind) {
            case 'empty':
                return report('empty', own);
            case 'zero-filled':
                return report('zeros', own);
            case 'lfs-pointer':
                return report('lfsPointer', { ...own, sizeBytes: content.sizeBytes });
            case 'html':
                return report('html', { ...own, title: content.title ?? '' });
            case 'xml':
                return report('xml', { ...own, root: content.root ?? '' });
            case 'json':
                return report('json', { ...own, error: content.error ?? '' });
            case 'text':
                return report('text', { ...own, firstLine: lineOf(content) });
            default:
        }
    },
});
function lineOf(content) {
    return content.isCapped ? `${content.firstLine}…` : content.firstLine;
}

;// CONCATENATED MODULE: ./lib/core/layout/equal-values.js
async function haveEqualValues(first, second, { tensors }) {
    if (first.file.sizeBytes !== second.file.sizeBytes)
        return false;
    const { crc32 } = first.file;
    if (crc32 !== null && crc32 === second.file.crc32)
        return true;
    const begin = tensors[0]?.begin ?? 0;
    const end = tensors.reduce((most, one) => Math.max(most, one.end), begin);
    return first.file.read((left) => second.file.read((right) => areSame(left.stream(begin, end), right.stream(begin, end))));
}
async function areSame(left, right) {
    const others = right[Symbol.asyncIterator]();
    let ahead = new Uint8Array();
    try {
        for await (const piece of left) {
            for (let at = 0; at < piece.length;) {
                if (ahead.length === 0) {
                    const next = await others.next();
                    if (next.done === true)
                        return false;
                    ahead = next.value;
                    continue;
                }
                const length = Math.min(piece.length - at, ahead.length);
                const own = piece.subarray(at, at + length);
                if (!equal_values_isSame(own, ahead.subarray(0, length)))
                    return false;
                at += length;
                ahead = ahead.subarray(length);
            }
        }
        return true;
    }
    finally {
        await others.return?.();
    }
}
function digester() {
    const known = new Map();
    const hashOnce = (name) => {
        const hash = known.get(name) ?? hashOn(BASIS, name);
        if (known.size < NAMES_KNOWN_MAX)
            known.set(name, hash);
        return hash;
    };
    return ({ tensors }) => {
        const isKept = tensors.length <= NAMES_KNOWN_MAX;
        let sum = 0;
        for (const { name, dtype, digest } of tensors) {
            const ofName = isKept ? hashOnce(name) : hashOn(BASIS, name);
            const named = hashOn(ofName, dtype);
            sum += Math.imul(named ^ (digest % HALF), PRIME) >>> 0;
        }
        return `${tensors.length} ${sum}`;
    };
}
const NAMES_KNOWN_MAX = 2_000;
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const HALF = 2 ** 32;
function hashOn(start, text) {
    let hash = start;
    for (let at = 0; at < text.length; at += 1)
        hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
    return Math.imul(hash ^ 0xff, PRIME);
}
function equal_values_isSame(left, right) {
    for (let at = 0; at < left.length; at += 1)
        if (left[at] !== right[at])
            return false;
    return true;
}

;// CONCATENATED MODULE: ./lib/core/checks/trained/weights-unchanged.js







const digestsOf = oncePerRun((checkpoints) => checkpoints.length > 1
    ? { digestOf: digester(), seen: new Map() }
    : null);
const sumsOf = oncePerRun(() => new Map());
const ERROR_FROM_STEPS = 3;
const weightsUnchanged = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'weights-unchanged',
        question: 'trained',
        severity: 'warning',
        confidence: 'proven',
        title: 'The same weights at another step',
        why: 'Between two steps training changes the weights. Where it does not, nothing was learned in between, or an old file was saved again.',
        fix: 'Look whether the optimizer steps (learning rate, requires_grad, gradient accumulation, skipped fp16 steps) and whether the saved model is the one that is trained.',
        since: '0.1.0',
    },
    messages: {
        same: {
            text: ({ step, others }) => `The weights of step ${step} are those of step ${weights_unchanged_stepWords(others)}, byte for byte.`,
        },
        sameSums: {
            text: ({ step, others, sum }) => `The weights of step ${step} have the size and the checksum (CRC-32 ${sum}) of those of step ${weights_unchanged_stepWords(others)}, as the archive states them; their values were not read.`,
            confidence: 'inferred',
        },
        still: {
            text: ({ step, others }) => `The weights of step ${step} are those of ${formatCount(others.length, 'step')} before it (${weights_unchanged_stepWords(others)}), byte for byte, and learning rates above 0 are logged.`,
            severity: 'error',
        },
    },
    async run({ subject, options, valuesOf, report }) {
        const { step, isInitial } = subject;
        const [file, ...more] = await weightsOf(subject);
        if (step === null || isInitial || file === undefined || more.length > 0)
            return;
        const values = await valuesOf(file);
        if (values === null) {
            if (options.depth === 'auto' && file.role !== 'adapter')
                return;
            const sum = sumOf(file);
            if (sum === null)
                return;
            const steps = sumsOf(subject).get(sum.key) ?? [];
            sumsOf(subject).set(sum.key, [...steps, step]);
            const others = steps.filter((one) => one !== step);
            const where = { path: file.file.path };
            if (others.length > 0)
                report('sameSums', { step, others, sum: sum.hex }, where);
            return;
        }
        if (values.tensors.length === 0 ||
            values.tensors.some(({ nan }) => nan > 0))
            return;
        const known = digestsOf(subject);
        if (known === null)
            return;
        const key = known.digestOf(values);
        const seen = known.seen.get(key) ?? [];
        const same = await findSame(seen, file, values);
        const others = (same?.steps ?? []).filter((one) => one !== step);
        if (same === null)
            known.seen.set(key, [...seen, { steps: [step], file }]);
        else
            same.steps.push(step);
        if (others.length === 0)
            return;
        const isStill = others.length + 1 >= ERROR_FROM_STEPS &&
            (await readLoggedRates(subject, others[0])) === 'above zero';
        report(isStill ? 'still' : 'same', { step, others }, { path: file.file.path });
    },
});
function sumOf({ file }) {
    const { crc32, sizeBytes } = file;
    if (crc32 === null || sizeBytes === 0)
        return null;
    return {
        key: `${sizeBytes} ${crc32}`,
        hex: crc32.toString(16).padStart(8, '0'),
    };
}
async function findSame(seen, file, values) {
    for (const one of seen)
        if (await haveEqualValues(one.file, file, values))
            return one;
    return null;
}
function weights_unchanged_stepWords(steps) {
    const words = steps.map(String);
    return words.length > limits/* NAMES_SHOWN */.t6 ? listNames(words) : joinWords(words);
}

;// CONCATENATED MODULE: ./lib/core/bytes/failure-words.js

const OPEN_MODES = { file: '644', folder: '755' };
function failureWords({ code, message, permission }, kind = 'file') {
    if (permission === null)
        return `${code}: ${message}`;
    const { mode, owner, reader } = permission;
    return `${code}: ${message}; its mode is ${formatMode(mode)}, its owner ${owner}, this process runs as ${reader}; run \`chmod ${OPEN_MODES[kind]}\` on it as its owner, or this check as the user who trained`;
}
function formatMode(mode) {
    return mode.toString(8).padStart(4, '0');
}
function unreadOf(error, lead = 'it could not be read') {
    const { message: reason } = error;
    if (error instanceof bytes_reader/* DamagedError */.Me)
        return { cause: 'damaged', reason: `it is damaged: ${reason}` };
    switch (error.code) {
        case bytes_reader/* NAMES_ONLY */.Yg:
            return { cause: 'depth', reason };
        case 'LINK':
            return { cause: 'link', reason };
        case 'NOT_A_FILE':
            return { cause: 'special', reason };
        case bytes_reader/* NOT_REACHABLE */.EK:
            return { cause: 'unreachable', reason };
        default:
            return { cause: 'io', reason: `${lead} (${failureWords(error)})` };
    }
}

;// CONCATENATED MODULE: ./lib/core/checks/loads/weights-unreadable.js



const weightsUnreadable = defineCheck({
    altitude: 'weights',
    meta: {
        id: 'weights-unreadable',
        question: 'loads',
        severity: 'warning',
        confidence: 'proven',
        title: 'Weights that this process may not open',
        why: 'What cannot be opened cannot be judged, and whatever loads the checkpoint as this user cannot open it either. safetensors 0.8 and later writes files of mode 0600, for the owner only.',
        fix: 'Run `chmod 644` on the file as its owner, or run this check as the user who trained.',
        since: '0.1.0',
    },
    messages: {
        denied: {
            text: (data) => `${data.name} has mode ${data.mode} and belongs to ${data.owner}; this process runs as ${data.reader} and may not open it.`,
            fix: ({ name }) => `Run \`chmod 644 ${name}\` as its owner, or run this check as the user who trained.`,
        },
        deniedUnknown: {
            text: ({ name, code }) => `${name} may not be opened by this process (${code}).`,
        },
    },
    async run({ subject: { file }, report }) {
        try {
            await file.content();
        }
        catch (error) {
            if (error instanceof bytes_reader/* SourceError */.c8)
                reportDenied(file.name, error, report);
            throw error;
        }
    },
});
function reportDenied(name, { code, permission }, report) {
    if (code !== 'EACCES' && code !== 'EPERM')
        return;
    if (permission === null)
        return report('deniedUnknown', { name, code });
    const mode = formatMode(permission.mode);
    const { owner, reader } = permission;
    report('denied', { name, mode, owner, reader });
}

;// CONCATENATED MODULE: ./lib/core/checks/resumes/zero-ranks-missing.js





const RANDOM_STATES = /^(?:rng_state_\d+\.pth|random_states_\d+\.pkl)$/;
const zeroRanksMissing = defineCheck({
    altitude: 'checkpoint',
    meta: {
        id: 'zero-ranks-missing',
        question: 'resumes',
        severity: 'error',
        confidence: 'proven',
        title: 'DeepSpeed state without the files of every rank',
        why: 'Each rank wrote a part of the state. With one part missing training cannot go on from here, and zero_to_fp32.py cannot put the weights together.',
        fix: 'Gather what every node wrote into one folder (each may have written to a disk of its own), or save again: all ranks have to call save_checkpoint.',
        since: '0.1.0',
    },
    messages: {
        missing: {
            text: ({ tag, names, missing, found, }) => `${tag} holds ${formatCount(found, 'file')} of ranks; ${formatNumber(missing)} more ${missing === 1 ? 'has' : 'have'} to be there by their numbers: ${listNames(names)}.`,
            loaderErrors: () => [
                "ValueError: Expected … of '*_optim_states.pt' under '…' but found … files. Possibly due to an overwrite of an old checkpoint, or a checkpoint didn't get saved by one or more processes.",
                "FileNotFoundError: can't find model states file at '…'",
                "FileNotFoundError: [Errno 2] No such file or directory: '…_optim_states.pt'",
            ],
        },
        otherNode: {
            text: ({ tag, first }) => `${tag} holds the files of rank ${first} and up, none of a lower rank.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'With use_node_local_storage each node keeps the files of its own ranks. Taken as: this is what one node kept, and training can go on on the same nodes only.',
        },
        fewerThanSibling: {
            text: ({ tag, found, sibling, siblings, }) => `${tag} holds the optimizer states of ${formatCount(found, 'rank')}, ${sibling} of ${formatNumber(siblings)}.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Taken as: the run had the same number of processes at both steps, and some did not save here. A run that was resumed on fewer is no fault.',
        },
        fewerThanWorld: {
            text: ({ tag, found, world, }) => `${tag} holds the optimizer states of ${formatCount(found, 'rank')}; its model states say that there were ${formatNumber(world)} (dp_world_size).`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'DeepSpeed looks for the optimizer states of as many ranks as the model states name, and goes on without any of them, or stops, where one is not there. Taken as: not each node keeps the files of its own ranks (use_node_local_storage).',
            loaderErrors: () => [
                'The following zero checkpoints paths are missing: …',
            ],
        },
        fewerThanProcesses: {
            text: ({ tag, found, processes, }) => `${tag} holds the optimizer states of ${formatCount(found, 'rank')}; random states of ${formatNumber(processes)} processes lie beside it.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'Each process writes a file of random states and its part of the optimizer. Taken as: the optimizer is divided among all processes, as ZeRO does unless it is told otherwise.',
        },
        removed: {
            text: ({ names }) => `${listNames(names)}, which DeepSpeed writes beside its state, ${names.length === 1 ? 'is' : 'are'} there; the state folder (global_step…) is not.`,
            loaderErrors: () => ["ValueError: Can't find a valid checkpoint at …"],
        },
        removedBesideWeights: {
            settles: true,
            text: ({ names }) => `${listNames(names)}, which DeepSpeed writes beside its state, ${names.length === 1 ? 'is' : 'are'} there; the state folder (global_step…) is not.`,
            severity: 'warning',
            confidence: 'inferred',
            why: 'The weights are here, but training cannot go on from them. Taken as: the state may have been deleted on purpose, to save space.',
            fix: 'If training is to go on from here, restore the state folder; else nothing need be done.',
        },
    },
    async run({ subject, report }) {
        for (const tag of subject.sharded?.zero ?? []) {
            const { name, path } = tag;
            const { missing, missingFiles, firstRank } = findZeroRanks(tag);
            const found = tag.modelStates.length + tag.optimizerStates.length;
            const names = [...missing];
            if (missingFiles > 0)
                report('missing', { tag: name, names, missing: missingFiles, found }, { path });
            else if (firstRank !== null)
                report('otherNode', { tag: name, first: firstRank }, { path });
            else if (tag.optimizerStates.length > 0)
                await sayOfFewer(subject, tag, report);
        }
        const names = [...leftOfZero(subject)];
        if (names.length === 0)
            return;
        const hasWeights = subject.holds === 'adapter' || subject.holds === 'model';
        report(hasWeights ? 'removedBesideWeights' : 'removed', { names });
    },
});
async function sayOfFewer(subject, tag, report) {
    const { name, path } = tag;
    const found = tag.optimizerStates.length;
    const world = await zeroWorldOf(tag);
    const processes = processesOf(subject);
    const more = findFullerSibling(subject, tag);
    if (world > found)
        report('fewerThanWorld', { tag: name, found, world }, { path });
    else if (processes > found)
        report('fewerThanProcesses', { tag: name, found, processes }, { path });
    else if (more !== null)
        report('fewerThanSibling', more, { path });
}
function processesOf({ folder }) {
    const names = [...(folder?.files.keys() ?? [])];
    return names.filter((name) => RANDOM_STATES.test(name)).length;
}
function findFullerSibling(subject, tag) {
    const found = tag.optimizerStates.length;
    const fullest = zero_ranks_missing_fullestOf(subject);
    return fullest.siblings > found ? { tag: tag.name, found, ...fullest } : null;
}
const zero_ranks_missing_fullestOf = oncePerRun((checkpoints) => {
    let fullest = { sibling: '', siblings: 0 };
    for (const { sharded, path } of checkpoints)
        for (const { optimizerStates } of sharded?.zero ?? [])
            if (optimizerStates.length > fullest.siblings)
                fullest = { sibling: path, siblings: optimizerStates.length };
    return fullest;
});

;// CONCATENATED MODULE: ./lib/core/checks/index.js




















































































const CHECKS = [
    adapterConfigInvalid,
    adapterConfigMissing,
    adapterInSubfolder,
    adapterKeysIgnored,
    adapterNotResumed,
    adapterScaleInvalid,
    adapterShapeMismatch,
    adapterSliced,
    adapterSwitchNotBoolean,
    adapterTaskUnset,
    adapterTensorsMissing,
    adapterUntrained,
    archiveCompressed,
    archiveEntryDamaged,
    archiveMalformed,
    baseModelUnnamed,
    bestCheckpointMissing,
    checkpointEmpty,
    checkpointKindUnexpected,
    checkpointNoneFound,
    checkpointsTooFew,
    classifierHeadMissing,
    dcpMetadataInvalid,
    dcpMetadataMissing,
    indexInvalid,
    indexTensorMisplaced,
    latestTagMissing,
    learningRateZero,
    lightningFolderIncomplete,
    lossDiverged,
    lossFlat,
    lossNoSignal,
    lossNotFinite,
    mlxConfigInvalid,
    modelConfigInvalid,
    modelConfigMissing,
    optimizerStateMismatch,
    optimizerStateMissing,
    peftTypeUnknown,
    resumeBlocked,
    rngStateMissing,
    runsMixed,
    safetensorsHeaderInvalid,
    safetensorsNotCanonical,
    safetensorsOffsetsInvalid,
    safetensorsSizeMismatch,
    safetensorsTrailingBytes,
    safetensorsTruncated,
    saveFilesMixed,
    saveKilled,
    saveUnfinished,
    schedulerStepMismatch,
    shardFileDamaged,
    shardMissing,
    shardStale,
    sideWeightsMissing,
    stateFileMissing,
    stateFileUnreadable,
    stepJump,
    stepMissing,
    stepUnitMismatch,
    tensorConstant,
    tensorMagnitudeAbsurd,
    tensorNotFinite,
    tensorZeroDimension,
    torchLegacyIncomplete,
    torchNotStateDict,
    torchPickleRefused,
    torchRecordDamaged,
    torchTrailingData,
    torchZipIncomplete,
    trainStateInvalid,
    trainerStateInvalid,
    trainerStateMissing,
    trainerStateStepMismatch,
    vocabularyUnembedded,
    weightsBothFormats,
    weightsFormatMismatch,
    weightsMissing,
    weightsNoTensors,
    weightsPlaceholder,
    weightsUnchanged,
    weightsUnreadable,
    zeroRanksMissing,
];

;// CONCATENATED MODULE: ./lib/core/layout/load-gap.js




async function findLoadGap(checkpoint) {
    if (checkpoint.unexamined !== null)
        return checkpoint.unexamined;
    if (isBeforeEnd(checkpoint) || isPerhapsTemplate(checkpoint))
        return null;
    const weights = await weightsOf(checkpoint);
    const unusable = await findIndexGap(checkpoint.model);
    if (unusable !== null)
        return unusable;
    if (weights.length === 0)
        return 'no weights were found';
    for (const adapter of checkpoint.adapters) {
        const gap = await findConfigGap(adapter);
        if (gap !== null)
            return gap;
    }
    const modelGap = await findModelGap(checkpoint.model);
    if (modelGap !== null)
        return modelGap;
    for (const file of weights) {
        const gap = await load_gap_findFileGap(file);
        if (gap !== null)
            return gap;
    }
    return null;
}
async function findConfigGap(adapter) {
    const config = await adapter.config();
    if (config?.ok)
        return null;
    const limit = config && adapter.configFile && limitWords(config.defect);
    return limit
        ? `adapter_config.json in ${adapter.path} ${limit}`
        : `the configuration in ${adapter.path} could not be read`;
}
async function findIndexGap(model) {
    const index = await model?.index();
    if (!model?.indexFile || !index || index.ok)
        return null;
    const limit = limitWords(index.defect);
    return limit === null
        ? `the index in ${model.path} could not be used`
        : `${model.indexFile.name} in ${model.path} ${limit}`;
}
function limitWords(defect) {
    switch (defect.code) {
        case 'too-large':
            return `has ${formatBytes(defect.sizeBytes ?? 0)}, more than the ${formatBytes(limits/* JSON_MAX_BYTES */.iD)} that are read`;
        case 'too-deep':
            return `is nested deeper than the ${limits/* JSON_MAX_DEPTH */.EB} levels that are read`;
        case 'too-many-values':
            return `holds more than the ${formatNumber(limits/* JSON_MAX_VALUES */.d_)} values that are read`;
        default:
            return null;
    }
}
async function findModelGap(model) {
    if (model === null)
        return null;
    const config = await model.configFile?.json();
    if (config?.ok !== false)
        return null;
    const limit = limitWords(config.defect);
    return limit === null
        ? `the configuration in ${model.path} could not be read`
        : `config.json in ${model.path} ${limit}`;
}
async function load_gap_findFileGap({ file, format, }) {
    if (format === 'torch')
        return findTorchGap(file);
    const header = await file.tensorCount();
    if (header.ok)
        return null;
    return header.defect.code === 'not-read'
        ? `the header of ${file.name} takes ${formatBytes(header.defect.headerBytes)}; up to ${formatBytes(limits/* SAFETENSORS_HEADER_READ_MAX_BYTES */.w)} and ${formatNumber(limits/* SAFETENSORS_MAX_ENTRIES */.kV)} tensors are read`
        : `the header of ${file.name} could not be read`;
}
async function findTorchGap(file) {
    if (file.name.endsWith('.ckpt'))
        return findLightningLoadGap(file);
    const state = await file.torchState();
    if (state === null)
        return `what ${file.name} holds could not be read as a torch file`;
    if (!state.ok)
        return state.defect.code === 'pickle-too-large'
            ? `the pickle of ${file.name} takes more than is worked through`
            : `the pickle of ${file.name} could not be read`;
    return state.value.unknown === null
        ? null
        : `of ${file.name} this version cannot tell whether torch loads it: ${state.value.unknown}`;
}

;// CONCATENATED MODULE: ./lib/core/layout/own-state-gap.js


const KNOWN = new Set([
    'accelerate',
    'axolotl',
    'DeepSpeed ZeRO',
    'diffusers LoRA',
    'FSDP',
    'kohya state',
    'Lightning',
    'LLaMA-Factory',
    'ms-swift',
    'PEFT',
    'torch DCP',
    'transformers',
    'transformers Trainer',
]);
const own_state_gap_TRAINERS = new Set([
    'axolotl',
    'LLaMA-Factory',
    'ms-swift',
    'PEFT',
    'transformers',
    'transformers Trainer',
]);
const LOOPS = new Set(['accelerate', 'diffusers LoRA']);
function hasSibling({ ofRun, ...own }) {
    return ofRun.some(({ producer, path }) => producer === own.producer && path !== own.path);
}
async function findOwnStateGap(checkpoint) {
    const { producer, trainerState, folder, holds } = checkpoint;
    if (!KNOWN.has(producer))
        return `what ${producer === 'unknown' ? 'an unknown trainer' : producer} needs to resume is not examined in this version`;
    if (holds === 'nothing')
        return 'it holds no weights to go on from';
    if (trainerState !== null) {
        const state = await trainerState.brief();
        if (!state.ok)
            return 'trainer_state.json could not be read';
        if (own_state_gap_TRAINERS.has(producer) && isOfFsdp(folder) && !hasWholeModel(folder))
            return 'optimizer.bin is of FSDP, and the whole model that a resume with FSDP reads beside it (pytorch_model_fsdp.bin) is not there';
        return statePairOf(checkpoint).isWhole
            ? null
            : 'the states of optimizer and scheduler are not there';
    }
    if (LOOPS.has(producer) && !hasSibling(checkpoint))
        return 'load_state of accelerate reads every file that the script prepared or registered; which those are is not written down, and the run has no other state to compare with';
    if (!own_state_gap_TRAINERS.has(producer))
        return null;
    if (folder === null)
        return 'a single file of weights, without the state of a training';
    return isTrainersRun(checkpoint)
        ? 'trainer_state.json is not there'
        : 'what a training loop of your own reads is not known';
}
function isOfFsdp(folder) {
    return folder?.files.has(ACCELERATE_OPTIMIZER) === true;
}
function hasWholeModel(folder) {
    return [...(folder?.files.keys() ?? [])].some((name) => FSDP_WHOLE_MODEL.test(name));
}

;// CONCATENATED MODULE: ./lib/core/bytes/trainer-state-limits.js
const trainer_state_limits_KIB = 1024;
const MIB = 1024 * trainer_state_limits_KIB;
const TRAINER_STATE_MAX_BYTES = 64 * MIB;
const TRAINER_STATE_MAX_ENTRIES = 360_000;
const TRAINER_STATE_WHOLE_BYTES = 64 * trainer_state_limits_KIB;
const TRAINER_STATE_EDGE_BYTES = 16 * trainer_state_limits_KIB;
const TRAINER_STATE_CHUNK_BYTES = 256 * trainer_state_limits_KIB;
const TRAINER_STATES_HELD_MAX_BYTES = 24 * MIB;
const TRAINER_STATE_MAX_UNKNOWN = 20;

;// CONCATENATED MODULE: ./lib/core/layout/trainer-state-gap.js




async function findTrainerStateGap(checkpoint) {
    const state = await newest_state_readState(checkpoint);
    const size = formatBytes(checkpoint.trainerState?.file.sizeBytes ?? 0);
    if (state === null)
        return null;
    if (state.ok) {
        const [doubt] = state.value.doubts;
        if (doubt !== undefined)
            return `\`${doubt.field}\` of trainer_state.json is ${doubt.found}, at which a Trainer ends where it comes to use it`;
        return state.value.log.isWhole
            ? null
            : `a trainer_state.json above ${formatBytes(TRAINER_STATE_WHOLE_BYTES)} is read whole in the newest checkpoint that looks resumable, in others at its two ends`;
    }
    switch (state.defect.code) {
        case 'too-large':
            return `trainer_state.json has ${size}, more than the ${formatBytes(TRAINER_STATE_MAX_BYTES)} that are read`;
        case 'too-deep':
            return `trainer_state.json is nested deeper than the ${limits/* JSON_MAX_DEPTH */.EB} levels that are read`;
        case 'too-many-values':
            return `trainer_state.json holds more than is read, such as ${formatNumber(TRAINER_STATE_MAX_ENTRIES)} log entries`;
        default:
            return null;
    }
}

;// CONCATENATED MODULE: ./lib/core/layout/resume-gap.js







const STEP_TOO_LARGE = `the step in its name is above ${formatNumber(Number.MAX_SAFE_INTEGER)}, up to which steps are told from one another`;
const GAPS = [
    findStepGap,
    findOwnStateGap,
    findTrainerStateGap,
    findStateGap,
    findLightningGap,
    findShardGap,
];
async function findResumeGap(checkpoint) {
    for (const find of GAPS) {
        const gap = await find(checkpoint);
        if (gap !== null)
            return gap;
    }
    return null;
}
function findStepGap(checkpoint) {
    return Promise.resolve(isStepTooLarge(checkpoint) ? STEP_TOO_LARGE : null);
}

;// CONCATENATED MODULE: ./lib/core/layout/resume-scope.js



const STATE_WITHIN = new Set([
    'Lightning',
    'DeepSpeed ZeRO',
    'FSDP',
    'torch DCP',
    'NeMo',
    'Megatron-LM',
    'torchtune',
    'accelerate',
    'kohya state',
    'unknown',
]);
const NOTHING_KEPT = 'weights, and no state of an optimizer was kept in this run: training can only begin anew from them';
async function findResumeScope(checkpoint) {
    const { folder, holds, isStepFolder, unexamined, producer } = checkpoint;
    const isWeights = holds === 'adapter' || holds === 'model';
    if (await isOfBareRun(checkpoint))
        return NOTHING_KEPT;
    if (!isWeights || STATE_WITHIN.has(producer))
        return null;
    if (unexamined !== null && folder === null)
        return null;
    if (isTrainerSave(checkpoint) && !isStateKept(checkpoint))
        return NOTHING_KEPT;
    if (isStepFolder && isTrainersRun(checkpoint))
        return null;
    const names = [...(folder?.files.keys() ?? [])];
    const { isWhole } = statePairOf(checkpoint);
    if (isWhole || names.some((name) => keepsTrainingState(name)))
        return null;
    return 'weights to be used, without the state of a training';
}

;// CONCATENATED MODULE: ./lib/core/layout/trained-gap.js



async function findTrainedGap(checkpoint) {
    for (const { file, role } of await weightsOf(checkpoint)) {
        if (role === 'model')
            return 'the numbers of a model were looked at; whether it was trained they do not tell';
        const values = await file.values();
        if (values === null)
            return `which tensors ${file.name} holds could not be told`;
        const [hidden, ...more] = values.unexamined;
        if (hidden !== undefined)
            return `the values of ${formatCount(more.length + 1, 'tensor')} of ${file.name} were not looked at: ${hidden.reason}`;
        if (values.tensors.length === 0)
            return `${file.name} holds no tensor`;
    }
    for (const adapter of checkpoint.adapters) {
        const config = await adapter.config();
        if (!config?.ok)
            return `the configuration in ${adapter.path} could not be read`;
        if (!showsStart(config.value))
            return `the values were looked at; those of an untrained adapter of type ${config.value.peftType} with this start are like any others`;
    }
    return checkpoint.adapters.length > 0
        ? null
        : 'the values were looked at; this version does not know those of an untrained adapter of its kind';
}

;// CONCATENATED MODULE: ./lib/core/resume-answer.js
const UNREAD_BY_RESUME = new Set([
    'adapter-config-invalid',
    'adapter-config-missing',
    'adapter-scale-invalid',
    'adapter-switch-not-boolean',
    'adapter-task-unset',
    'base-model-unnamed',
    'checkpoint-kind-unexpected',
    'model-config-missing',
    'peft-type-unknown',
]);
function resumeAnswer(own, loads, { findings, scope }) {
    if (own.value === 'no')
        return own;
    if (scope !== null)
        return { value: 'not applicable', reason: scope };
    if (loads.value === 'no' && findings.some(breaksResume))
        return { value: 'no' };
    const isOpen = loads.value === 'not checked' && own.value !== 'not checked';
    return isOpen ? loads : own;
}
function breaksResume({ question, severity, check }) {
    return (question === 'loads' && severity === 'error' && !UNREAD_BY_RESUME.has(check));
}

;// CONCATENATED MODULE: ./lib/core/answers.js








async function answersOf(checkpoint, own, { skip, stateSkip, values, }) {
    const answer = (question, gap) => answerFrom(question, own, skip?.reason ?? gap);
    const gapOf = (find) => orWords(() => find(checkpoint));
    const found = answer('loads', await gapOf(findLoadGap));
    const loads = isShardsOnly(checkpoint, found)
        ? { ...found, value: 'not applicable' }
        : found;
    return {
        loads,
        trained: checkpoint.isInitial
            ? { value: 'not applicable', reason: 'weights from before training' }
            : answer('trained', values ?? (await gapOf(findTrainedGap))),
        resumes: await resumesOf(checkpoint, own, { stateSkip, loads }),
    };
}
async function resumesOf(checkpoint, own, { stateSkip, loads, }) {
    const gap = stateSkip?.reason ?? (await orWords(() => findResumeGap(checkpoint)));
    return resumeAnswer(answerFrom('resumes', own, gap), loads, {
        findings: own,
        scope: await findResumeScope(checkpoint),
    });
}
function isShardsOnly({ holds }, { value }) {
    return holds === 'shards' && value === 'not checked';
}
function answerRun(own, gap) {
    return answerFrom('progress', own, gap);
}
function answerFrom(question, findings, gap) {
    const own = findings.filter((one) => one.question === question);
    if (own.some(({ severity, settles }) => severity === 'error' || settles))
        return { value: 'no' };
    if (gap !== null)
        return { value: 'not checked', reason: gap };
    const warnings = own.filter(({ severity }) => severity === 'warning').length;
    if (warnings > 0)
        return { value: 'doubtful', reason: formatCount(warnings, 'warning') };
    return { value: 'yes' };
}
async function orWords(find) {
    try {
        return await find();
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8))
            throw error;
        return unreadOf(error).reason;
    }
}

;// CONCATENATED MODULE: ./lib/core/or-null.js

async function orNull(find) {
    try {
        return await find();
    }
    catch (error) {
        if (error instanceof bytes_reader/* SourceError */.c8)
            return null;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/core/plan-values.js



async function planValues(runs, options) {
    const gaps = new Map();
    const budgetOf = budgets(options);
    let beyondBudget = 0;
    for (const checkpoint of newestFirst(runs)) {
        const due = await dueOf(checkpoint, options);
        if (typeof due === 'string') {
            gaps.set(checkpoint, due);
            continue;
        }
        const bytes = due.reduce((sum, { file }) => sum + file.sizeBytes, 0);
        const budget = budgetOf(checkpoint.medium);
        if (bytes <= budget.left)
            budget.left -= bytes;
        else {
            gaps.set(checkpoint, budgetWords(bytes, budget));
            beyondBudget++;
        }
    }
    return {
        gapOf: (checkpoint) => gaps.get(checkpoint) ?? null,
        valuesOf: (file) => gaps.has(file.checkpoint) || !isDue(file, options)
            ? Promise.resolve(null)
            : file.file.values(),
        isDue: (file) => isDue(file, options),
        roomFor: (medium) => budgetOf(medium).maxBytes,
        beyondBudget,
    };
}
function budgets({ maxBytes }) {
    const known = new Map();
    return ({ transferMaxBytes }) => {
        const own = transferMaxBytes ?? maxBytes;
        const budget = known.get(transferMaxBytes) ?? { maxBytes: own, left: own };
        known.set(transferMaxBytes, budget);
        return budget;
    };
}
function budgetWords(bytes, { maxBytes, left }) {
    return `its values take ${formatBytes(bytes)}, and of the ${formatBytes(maxBytes)} that are read (max-bytes) newer checkpoints leave ${formatBytes(left)}`;
}
function newestFirst(runs) {
    const longest = runs.reduce((most, { checkpoints }) => Math.max(most, checkpoints.length), 0);
    const ordered = [];
    for (let back = 1; back <= longest; back++)
        for (const { checkpoints } of runs) {
            const one = checkpoints.at(-back);
            if (one !== undefined && back <= checkpoints.length)
                ordered.push(one);
        }
    return ordered;
}
async function dueOf(checkpoint, options) {
    const { depth } = options;
    if (depth === 'files' || depth === 'headers')
        return `values are not read with \`depth: ${depth}\``;
    if (checkpoint.unexamined !== null)
        return checkpoint.unexamined;
    const weights = await orNull(() => weightsOf(checkpoint));
    if (weights === null)
        return 'which weights there are could not be read';
    if (weights.length === 0)
        return 'no weights were found';
    const due = weights.filter((file) => isDue(file, options));
    return due.length > 0
        ? due
        : 'the values of full models are read with `depth: values`';
}
function isDue({ role }, { depth }) {
    return depth === 'values' || (depth === 'auto' && role === 'adapter');
}

;// CONCATENATED MODULE: ./lib/core/loaders.js
const loaders_LOADERS = {
    peft: '0.21.0',
    safetensors: '0.8.0',
    torch: '2.13.0',
    transformers: '5.18.0',
};

;// CONCATENATED MODULE: ./lib/core/layout/group-runs.js


function groupRuns(found, max, staging = []) {
    const stagingOf = new Map();
    for (const { run, ...folder } of staging) {
        const own = stagingOf.get(run) ?? [];
        own.push(folder);
        stagingOf.set(run, own);
    }
    const byRun = new Map();
    for (const one of uniquePaths(found)) {
        const members = byRun.get(one.run) ?? [];
        members.push(one);
        byRun.set(one.run, members);
    }
    const sorted = [...byRun].sort(([left], [right]) => compareText(left, right));
    const keep = shareOf(sorted.map(([, members]) => members.length), max);
    return sorted.slice(0, max).map(([path, members]) => ({
        path,
        checkpoints: inOrder(members, keep),
        staging: stagingOf.get(path) ?? [],
        omitted: Math.max(0, members.length - keep),
    }));
}
function shareOf(counts, max) {
    let left = max;
    let open = counts.length;
    for (const count of [...counts].sort((one, other) => one - other)) {
        if (count * open > left)
            return Math.max(1, Math.floor(left / open));
        left -= count;
        open -= 1;
    }
    return Infinity;
}
function uniquePaths(found) {
    return [...new Map(found.map((one) => [one.path, one])).values()];
}
function inOrder(members, keep) {
    const ofRun = [];
    const sorted = [...members].sort(compareCheckpoints);
    for (const one of sorted.slice(Math.max(0, sorted.length - keep)))
        ofRun.push({ ...one, ofRun });
    return ofRun;
}
function compareCheckpoints(left, right) {
    const leftStep = left.step ?? Infinity;
    const rightStep = right.step ?? Infinity;
    if (leftStep !== rightStep)
        return leftStep - rightStep;
    const bySize = compareHuge(left, right);
    if (bySize !== 0)
        return bySize;
    const isSaved = (one) => (one.isFinal ? 1 : 0);
    return isSaved(left) - isSaved(right) || compareText(left.path, right.path);
}
function compareHuge(left, right) {
    if (!isStepTooLarge(left) && !isStepTooLarge(right))
        return 0;
    const [one, other] = [hugeStepIn(left.name), hugeStepIn(right.name)];
    if (one === null || other === null)
        return one === null ? 1 : -1;
    if (one === other)
        return 0;
    return one < other ? -1 : 1;
}
function compareText(left, right) {
    if (left === right)
        return 0;
    return left < right ? -1 : 1;
}
function setAliasesAside(found) {
    const own = new Map(found.flatMap(({ folder, path }) => folder !== null && folder.realPath === null ? [[folder.path, path]] : []));
    const aliasOf = ({ folder }) => folder?.realPath == null ? undefined : own.get(folder.realPath);
    return {
        checkpoints: found.filter((one) => aliasOf(one) === undefined),
        passedOver: found.flatMap((one) => {
            const target = aliasOf(one);
            if (target === undefined)
                return [];
            const reason = `a link to ${target}, which is examined under that name`;
            return [{ where: { path: one.path }, cause: 'alias', reason }];
        }),
    };
}

;// CONCATENATED MODULE: ./lib/core/fetch-ahead.js





class FetchAhead {
    #order;
    #learned = new Map();
    #next = 0;
    #turn = 0;
    constructor(runs) {
        this.#order = runs.some(({ checkpoints }) => checkpoints.some(({ medium }) => medium.ahead !== undefined))
            ? runs.flatMap(({ checkpoints }) => checkpoints)
            : [];
    }
    async before() {
        const turn = this.#turn++;
        if (turn < this.#next || turn >= this.#order.length)
            return;
        if (turn === 0)
            await this.#first();
        const end = turn + AHEAD_CHECKPOINTS;
        this.#next = end;
        await this.#fetch(this.#order.slice(turn + 1, end + 1), this.#order.slice(turn, end));
    }
    async learn({ medium }, weights) {
        if (medium.ahead === undefined)
            return;
        for (const { file, format } of weights) {
            const header = format === 'safetensors' ? await headerOf(file) : null;
            if (header !== null)
                this.#learned.set(file.name, header);
        }
    }
    async #first() {
        const [first] = this.#order;
        if (first === undefined)
            return;
        await this.#fetch([first], []);
        await this.learn(first, (await orNull(() => weightsOf(first))) ?? []);
    }
    async #fetch(checkpoints, withStates) {
        const wanted = new Map();
        const want = ({ medium }, wants) => {
            const own = wanted.get(medium) ?? [];
            own.push(...wants);
            wanted.set(medium, own);
        };
        for (const one of checkpoints)
            if (one.medium.ahead !== undefined)
                want(one, await this.#wantsOf(one));
        for (const one of withStates)
            if (one.medium.ahead !== undefined)
                want(one, wantsOfState(one));
        const fetch = async ([medium, wants]) => medium.ahead?.(wants);
        await Promise.all([...wanted].map(fetch));
    }
    async #wantsOf(checkpoint) {
        const weights = (await orNull(() => weightsOf(checkpoint))) ?? [];
        return [
            ...configFilesOf(checkpoint).map(wantWhole),
            ...weights.map((one) => this.#wantWeights(one)),
            ...wantState(checkpoint),
        ];
    }
    #wantWeights({ file, format }) {
        const { entryPath: path, name, sizeBytes } = file;
        const header = this.#learned.get(name) ?? AHEAD_HEADER_BYTES;
        return {
            path,
            bytes: Math.min(header, sizeBytes),
            ...(format === 'torch' ? { endBytes: AHEAD_TORCH_END_BYTES } : {}),
        };
    }
}
function wantState(checkpoint) {
    if (!isStateRead(checkpoint))
        return [];
    return stateFilesOf(checkpoint).map(({ file }) => file.sizeBytes <= AHEAD_WHOLE_MAX_BYTES
        ? wantWhole(file)
        : {
            path: file.entryPath,
            bytes: Math.min(AHEAD_STATE_BYTES, file.sizeBytes),
            endBytes: AHEAD_STATE_END_BYTES,
        });
}
function wantWhole({ entryPath: path, sizeBytes }) {
    return { path, bytes: Math.min(sizeBytes, AHEAD_WHOLE_MAX_BYTES) };
}
function wantsOfState({ trainerState }) {
    if (trainerState === null)
        return [];
    const { entryPath: path, sizeBytes } = trainerState.file;
    const edge = TRAINER_STATE_EDGE_BYTES;
    return sizeBytes <= TRAINER_STATE_WHOLE_BYTES
        ? [{ path, bytes: sizeBytes }]
        : [{ path, bytes: edge, endBytes: edge }];
}
async function headerOf(file) {
    const header = await orNull(() => file.safetensors());
    return header?.ok
        ? 8 + header.value.headerBytes + AHEAD_HEADER_SLACK_BYTES
        : null;
}

;// CONCATENATED MODULE: ./lib/core/newest.js

function newestLoadable(run, rows) {
    const loadPaths = new Map(run.checkpoints.map((one) => [one.path, loadPathOf(one)]));
    const newest = newestWith(rows.filter(({ path }) => loadPaths.get(path) !== null), 'loads');
    return newest === null ? null : (loadPaths.get(newest.path) ?? null);
}
function loadPathOf({ path, adapters }) {
    const [only, ...others] = adapters;
    if (only === undefined || adapters.some(({ name }) => name === null))
        return path;
    return others.length === 0 ? only.path : null;
}
function newestResumable(rows) {
    return newestWith(rows, 'resumes')?.path ?? null;
}

;// CONCATENATED MODULE: ./lib/core/by-altitude.js
function byAltitude(checks) {
    const sorted = {
        weights: [],
        checkpoint: [],
        run: [],
        judged: [],
        target: [],
    };
    for (const check of checks)
        switch (check.altitude) {
            case 'weights':
                sorted.weights.push(check);
                break;
            case 'checkpoint':
                sorted.checkpoint.push(check);
                break;
            case 'run':
                sorted.run.push(check);
                break;
            case 'judged':
                sorted.judged.push(check);
                break;
            case 'target':
                sorted.target.push(check);
                break;
        }
    return sorted;
}

;// CONCATENATED MODULE: ./lib/core/layout/let-go.js

function letGo(checkpoint, weights) {
    for (const { file } of weights)
        file.forget();
    for (const file of configFilesOf(checkpoint))
        file.forget();
    for (const { config, meaning } of checkpoint.adapters) {
        config.forget();
        meaning.forget();
    }
    checkpoint.model?.index.forget();
    const { sharded } = checkpoint;
    if (sharded === null)
        return;
    for (const { metadata } of sharded.dcp)
        metadata.forget();
    for (const folder of [sharded.own, ...sharded.zero])
        folder.forgetStates();
}
function letGoOfStates({ checkpoints }) {
    for (const { trainerState } of checkpoints) {
        trainerState?.brief.forget();
        trainerState?.whole.forget();
    }
}

;// CONCATENATED MODULE: ./lib/core/fingerprint.js
const OFFSET_BASIS = 0xcbf29ce484222325n;
const fingerprint_PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;
function fingerprintOf(parts) {
    const text = JSON.stringify(parts);
    let hash = OFFSET_BASIS;
    for (let at = 0; at < text.length; at++)
        hash = ((hash ^ BigInt(text.charCodeAt(at))) * fingerprint_PRIME) & MASK;
    return hash.toString(16).padStart(16, '0');
}

;// CONCATENATED MODULE: ./lib/core/make-finding.js

const DATA_MAX_NAMES = 100;
function makeFinding({ meta }, name, message, data, place) {
    const { where } = place;
    const fix = message.fix ?? meta.fix;
    const own = data;
    return {
        check: meta.id,
        message: name,
        question: meta.question,
        severity: place.severity ?? message.severity ?? meta.severity,
        confidence: message.confidence ?? meta.confidence,
        where,
        data: capLists(data),
        text: message.text(own),
        why: [
            message.why ?? meta.why,
            ...(place.isUpload && message.inUpload ? [message.inUpload] : []),
        ].join(' '),
        fix: typeof fix === 'string' ? fix : fix(own),
        loaderErrors: message.loaderErrors?.(own) ?? [],
        fingerprint: fingerprintOf([meta.id, name, where.path, where.tensor ?? '']),
        ...(message.settles ? { settles: true } : {}),
    };
}
function withNewestAdvice(found) {
    if (found.severity !== 'error')
        return found;
    const advice = 'If only the newest checkpoint has to hold, set `require: newest`.';
    return { ...found, fix: `${found.fix} ${advice}` };
}
function capLists(data) {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [
        key,
        isList(value) ? capList(value) : value,
    ]));
}
function isList(value) {
    return Array.isArray(value);
}
function capList(list) {
    const rest = list.length - DATA_MAX_NAMES;
    return rest > 0
        ? [...list.slice(0, DATA_MAX_NAMES), `… and ${rest} more`]
        : list;
}

;// CONCATENATED MODULE: ./lib/core/run-checks.js








async function runChecks(checks, surveyed, given, turn) {
    const pass = {
        checks: byAltitude(checks),
        ...given,
        isOvertaken: false,
        isUpload: false,
        findings: [],
        skipped: [],
        ofState: new Set(),
    };
    for (const target of surveyed.targets)
        await runAll({ ...pass, isUpload: target.isUpload }, 'target', target, {
            path: target.named,
        });
    for (const run of surveyed.runs) {
        const before = pass.findings.length;
        const ofAll = {
            ...pass,
            isUpload: run.checkpoints.some(({ medium }) => medium.isUpload === true),
        };
        const at = { path: run.path, run: run.path };
        await runAll(ofAll, 'run', run, at);
        const ofRun = byCheckpoint(pass.findings.slice(before));
        const newest = run_checks_newestStep(run);
        const judged = [];
        const owns = new Map();
        for (const checkpoint of run.checkpoints) {
            await turn.onStart(checkpoint.path);
            const own = passOf(pass, checkpoint, newest);
            const weights = await checkCheckpoint(own, checkpoint);
            owns.set(checkpoint, own);
            const said = withFindings(own, ofRun.get(checkpoint.path));
            judged.push(await turn.conclude(checkpoint, weights, said));
            letGo(checkpoint, weights);
        }
        const last = await lookAgain({ run, judged }, owns, (again, own) => turn.reconsider(again, withFindings(own, ofRun.get(again.checkpoint.path))));
        for (const own of owns.values()) {
            for (const finding of own.findings)
                pass.findings.push(finding);
            for (const skip of own.skipped)
                pass.skipped.push(skip);
        }
        await runAll(ofAll, 'judged', last, at);
        await turn.concludeRun(last);
        letGoOfStates(run);
    }
    return pass;
}
function withFindings({ findings, skipped, ofState }, more = []) {
    return { findings: [...more, ...findings], skipped, ofState };
}
async function lookAgain(judged, owns, reconsider) {
    const more = (await orNull(() => readSoundWhole(judged))) ?? [];
    const concluded = new Map();
    for (const again of more) {
        const { checkpoint } = again;
        const before = owns.get(checkpoint);
        if (before === undefined)
            continue;
        const own = withoutState(before);
        const { path, run } = checkpoint;
        const at = { path, run, checkpoint: path };
        await runAll(own, 'checkpoint', checkpoint, at);
        owns.set(checkpoint, own);
        concluded.set(again, await reconsider(again, own));
        letGo(checkpoint, []);
    }
    return {
        ...judged,
        judged: judged.judged.map((one) => concluded.get(one) ?? one),
    };
}
function withoutState(before) {
    const checks = before.checks.checkpoint.filter(({ meta }) => meta.question === 'resumes');
    const asked = new Set(checks.map(({ meta }) => meta.id));
    return {
        ...before,
        checks: { ...before.checks, checkpoint: checks },
        findings: before.findings.filter(({ check }) => !asked.has(check)),
        skipped: before.skipped.filter((skip) => !before.ofState.has(skip)),
        ofState: new Set(),
    };
}
function byCheckpoint(findings) {
    const groups = new Map();
    for (const finding of findings) {
        const { checkpoint } = finding.where;
        if (checkpoint === undefined)
            continue;
        const group = groups.get(checkpoint) ?? [];
        group.push(finding);
        groups.set(checkpoint, group);
    }
    return groups;
}
function run_checks_newestStep({ checkpoints }) {
    if (checkpoints.some(isStepTooLarge))
        return Infinity;
    return checkpoints.reduce((max, { step }) => Math.max(max, step ?? -1), -1);
}
function passOf(outer, { step, medium }, newest) {
    return {
        ...outer,
        isOvertaken: step !== null && step < newest,
        isUpload: medium.isUpload === true,
        findings: [],
        skipped: [],
        ofState: new Set(),
    };
}
async function checkCheckpoint(pass, checkpoint) {
    const { run, path } = checkpoint;
    const at = { path, run, checkpoint: path };
    await runAll(pass, 'checkpoint', checkpoint, at);
    const files = await orSkip(pass, at, () => weightsOf(checkpoint));
    for (const subject of files ?? [])
        await runAll(pass, 'weights', subject, { ...at, path: subject.file.path });
    return files ?? [];
}
async function runAll(pass, altitude, subject, at) {
    const { options, plan } = pass;
    for (const check of pass.checks[altitude]) {
        const report = reporter(pass, check, at);
        const context = { subject, options, report, valuesOf: plan.valuesOf };
        const isOfState = check.meta.question === 'resumes';
        await orSkip(pass, at, () => check.run(context), isOfState);
    }
}
async function orSkip(pass, where, action, isOfState = false) {
    try {
        return await action();
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8))
            throw error;
        const skip = { where, ...unreadOf(error) };
        pass.skipped.push(skip);
        if (isOfState)
            pass.ofState.add(skip);
        return null;
    }
}
function reporter(pass, check, at) {
    return (name, data, where = {}, overrides = {}) => {
        const message = check.messages[name];
        if (message === undefined)
            throw new Error(`${check.meta.id} has no message '${name}'`);
        const found = makeFinding(check, name, message, data, {
            where: { ...at, ...where },
            isUpload: pass.isUpload,
            ...overrides,
        });
        pass.findings.push(pass.isOvertaken ? withNewestAdvice(found) : found);
    };
}

;// CONCATENATED MODULE: ./lib/core/summarise.js



async function summarise(checkpoint, answers) {
    const { run, path, step, holds, producer } = checkpoint;
    const weights = await orNull(() => weightsOf(checkpoint));
    return {
        run,
        path,
        step,
        holds,
        producer,
        peftType: await orNull(() => peftTypeOf(checkpoint)),
        weightsBytes: summarise_bytesOf(weights),
        tensors: weights && (await orNull(() => summarise_tensorsOf(weights))),
        answers,
    };
}
function summarise_bytesOf(weights) {
    if (weights === null || weights.length === 0)
        return null;
    return weights.reduce((total, { file }) => total + file.sizeBytes, 0);
}
async function summarise_tensorsOf(weights) {
    if (weights.length === 0)
        return null;
    let tensors = 0;
    for (const file of weights) {
        const own = await countTensorsIn(file);
        if (own === null)
            return null;
        tensors += own;
    }
    return tensors;
}
async function peftTypeOf(checkpoint) {
    for (const adapter of checkpoint.adapters) {
        const config = await adapter.config();
        if (config?.ok)
            return config.value.peftType;
        if (config !== null && 'peftType' in config.defect)
            return config.defect.peftType;
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/core/report-limits.js
const SERIES_MAX_POINTS = 2000;
const SERIES_TOTAL_POINTS = 40_000;
const LEDGER_SPANS_MAX = 1000;

;// CONCATENATED MODULE: ./lib/core/ledger.js







async function ledgersOf(run, declared) {
    const ledger = await orFailure(() => runLedger(run, declared));
    if (ledger instanceof bytes_reader/* SourceError */.c8)
        return [];
    return ledger.trainings.map((training, at) => ledgerOf(training, at === 0 ? ledger.undelivered : []));
}
async function progressGap(run, declared) {
    const ledger = await orFailure(() => runLedger(run, declared));
    if (ledger instanceof bytes_reader/* SourceError */.c8)
        return unreadOf(ledger).reason;
    if (!isExamined(run))
        return 'none of its checkpoints was examined';
    if (run.run.omitted > 0)
        return 'older checkpoints of the run were not looked at';
    const { expectedSteps, minCheckpoints } = declared;
    const large = run.run.checkpoints.find(isStepTooLarge);
    if (large !== undefined && expectedSteps === null)
        return `the step of ${large.path} is too large to be told from others`;
    if (expectedSteps !== null || minCheckpoints !== null)
        return null;
    return ledger.steps.length === 0
        ? 'no checkpoint carries a step in its name, and no step is declared'
        : (ledger.trainings
            .map((training) => gapOf(training, ledger, declared))
            .find((gap) => gap !== null) ?? null);
}
function gapOf({ cadence, rule, unclaimed }, { steps }, { saveSteps }) {
    if (saveSteps !== null)
        return null;
    if (steps.length === 1)
        return 'there is one step, and none is declared (`expected-steps`)';
    if (cadence === null)
        return UNKNOWN_WORDS[rule];
    return unclaimed.length === 0
        ? null
        : 'steps are absent that may never have been due; declare them (`expected-steps`)';
}
const UNKNOWN_WORDS = {
    steps: 'it is not known how often the run saves (`save-steps`)',
    unknown: 'it is not known how often the run saves (`save-steps`)',
    epochs: 'the run saves by epochs, of no known length',
    best: 'the run saves where a metric improves, at steps that nobody can know',
    other: 'the run saves by no rule that is known here; declare `expected-steps`',
};
function isExamined({ judged }) {
    return judged.some(({ answers }) => Object.values(answers).some(({ value }) => value !== 'not checked' && value !== 'not applicable'));
}
async function orFailure(make) {
    try {
        return await make();
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8))
            throw error;
        return error;
    }
}
function ledgerOf(training, undelivered) {
    const { cadence, reached, facts } = training;
    const stepsWhere = (isWanted) => spansOf(facts.filter(isWanted).map(({ step }) => step));
    const less = (spans) => spans.flatMap((span) => spanWithout(span, undelivered));
    const lists = {
        present: stepsWhere(() => true),
        broken: stepsWhere(({ isBroken }) => isBroken),
        rotated: less(training.rotated),
        missing: [...less(training.missing), ...spansOf(undelivered)].sort((left, right) => left.first - right.first),
    };
    const isCut = Object.values(lists).some(({ length }) => length > LEDGER_SPANS_MAX);
    const kept = (spans) => spans.slice(0, LEDGER_SPANS_MAX);
    return {
        cadence,
        reached,
        present: kept(lists.present),
        broken: kept(lists.broken),
        rotated: kept(lists.rotated),
        missing: kept(lists.missing),
        assumption: assumptionOf(training, isCut),
    };
}
function assumptionOf({ cadence, rule, rotated, missing, unclaimed }, isCut) {
    const isInferred = cadence !== null && cadence.source !== 'declared';
    const words = [
        ...(missing.length > 0 && isInferred
            ? ['Taken as: a checkpoint is due at every multiple of the cadence.']
            : []),
        ...(rotated.length > 0
            ? [
                'Taken as: what is absent before the newest was deleted by a limit on the checkpoints that are kept, or lies in another folder.',
            ]
            : []),
        ...(unclaimed.length > 0
            ? [
                rule === 'epochs'
                    ? 'Absent ends of epochs are not called missing: they may not have been due.'
                    : 'More multiples of the cadence are absent than there, and are not called missing: they may never have been due.',
            ]
            : []),
        ...(isCut
            ? [`The first ${formatNumber(LEDGER_SPANS_MAX)} spans of each list.`]
            : []),
    ];
    return words.length === 0 ? null : words.join(' ');
}

;// CONCATENATED MODULE: ./lib/core/series.js



async function series_seriesOf({ run }, runs) {
    const [first] = run.checkpoints;
    if (first === undefined)
        return null;
    const log = await orNull(() => readNewestLog(first.ofRun));
    forgetNewestLog(first.ofRun);
    if (log === null)
        return null;
    const logged = log.points.flatMap(({ step, loss }) => loss === null ? [] : [{ step, loss }]);
    if (logged.length === 0)
        return null;
    const max = Math.floor(SERIES_TOTAL_POINTS / Math.max(runs, 1));
    return {
        checkpoint: log.checkpoint.path,
        logged: logged.length,
        points: thin(logged, Math.min(SERIES_MAX_POINTS, max)).map(series_pointOf),
    };
}
function thin(points, max) {
    if (points.length <= max)
        return points;
    const isFinite = points.every(({ loss }) => Number.isFinite(loss));
    const parts = Math.max(1, Math.floor((max - 2) / (isFinite ? 2 : 3)));
    const kept = new Set([0]);
    for (let part = 0; part < parts; part++) {
        const from = Math.floor((points.length * part) / parts);
        const to = Math.floor((points.length * (part + 1)) / parts);
        keepOf(points, from, to, kept);
    }
    kept.add(points.length - 1);
    return points.filter((_point, at) => kept.has(at));
}
function keepOf(points, from, to, kept) {
    let least = null;
    let greatest = null;
    let odd = null;
    const lossAt = (at) => at === null ? NaN : (points[at]?.loss ?? NaN);
    for (let at = from; at < to; at++) {
        const loss = lossAt(at);
        if (!Number.isFinite(loss))
            odd ??= at;
        else {
            if (!(loss >= lossAt(least)))
                least = at;
            if (!(loss <= lossAt(greatest)))
                greatest = at;
        }
    }
    for (const at of [least, greatest, odd])
        if (at !== null)
            kept.add(at);
}
function series_pointOf({ step, loss }) {
    return { step: step + 0, loss: inJson(loss) };
}
function inJson(value) {
    if (Number.isNaN(value))
        return 'NaN';
    if (value === Infinity)
        return 'Infinity';
    return value === -Infinity ? '-Infinity' : value + 0;
}

;// CONCATENATED MODULE: ./lib/core/summarise-run.js



async function summariseRun(judged, { declared }, runs) {
    return {
        resume: adviseResume(judged),
        ledgers: await ledgersOf(judged, declared),
        series: await series_seriesOf(judged, runs),
        progress: await progressGap(judged, declared),
    };
}

;// CONCATENATED MODULE: ./lib/core/formats/safetensors/recall.js

function headerRecall() {
    const known = new Map();
    return (text, fileBytes, decode) => {
        const key = `${text.length}/${fileBytes}`;
        const found = known.get(key);
        if (found !== undefined && recall_isSame(found.text, text))
            return found.header;
        const header = decode();
        if (text.length > limits/* RECALLED_HEADER_MAX_BYTES */.US)
            return header;
        known.delete(key);
        known.set(key, { text: text.slice(), header });
        const [oldest] = known.keys();
        if (known.size > limits/* RECALLED_HEADERS */.Mp && oldest !== undefined)
            known.delete(oldest);
        return header;
    };
}
function recall_isSame(left, right) {
    for (let at = 0; at < left.length; at += 1)
        if (left[at] !== right[at])
            return false;
    return left.length === right.length;
}

;// CONCATENATED MODULE: ./lib/core/formats/pickle-magic.js
const LEGACY_MAGIC = [
    0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
];
const LEGACY_MAGIC_TEXT = 'L119547037146038801333356L\n.';
const FRAME = 0x95;
const FRAME_BYTES = 9;
const pickle_magic_OPCODES = new Set([
    ...Array.from('(.0123FIJKLMNPQRSTUVXabcdeghijloprstu}])GBC', (character) => character.charCodeAt(0)),
    ...Array.from({ length: 0x98 - 0x80 + 1 }, (_, index) => 0x80 + index),
]);
function isTorchLegacy(head) {
    if (startsWithText(head, LEGACY_MAGIC_TEXT))
        return true;
    if (head[0] !== 0x80)
        return false;
    const magicAt = head[2] === FRAME ? 2 + FRAME_BYTES : 2;
    return LEGACY_MAGIC.every((byte, index) => head[magicAt + index] === byte);
}
function isPickle(head) {
    if (hasProtocol(head))
        return pickle_magic_OPCODES.has(head[2] ?? -1);
    const start = String.fromCharCode(...head.subarray(0, 200));
    return (/^\([dl]p[01]\n/.test(start) ||
        (/^[}\]]q/.test(start) && (head[2] ?? 0xff) <= 1) ||
        /^c[A-Za-z_][\w.]*\n[A-Za-z_]\w*\n(?:p\d+\n|q[\0-\xff]|[()])/.test(start));
}
function hasProtocol(head) {
    const protocol = head[1] ?? 0xff;
    return head[0] === 0x80 && protocol <= 5;
}
function startsWithText(head, text) {
    return String.fromCharCode(...head.subarray(0, text.length)) === text;
}

;// CONCATENATED MODULE: ./lib/core/formats/magic.js



const MAGICS = [
    { kind: 'torch-preview', at: 0, bytes: ascii('PYTORCH1') },
    { kind: 'gguf', at: 0, bytes: ascii('GGUF') },
    { kind: 'npy', at: 0, bytes: [0x93, ...ascii('NUMPY')] },
    { kind: '7z', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
    { kind: 'gzip', at: 0, bytes: [0x1f, 0x8b, 8] },
    { kind: 'zstd', at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
    { kind: 'xz', at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0] },
    {
        kind: 'hdf5',
        at: 0,
        bytes: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
    },
    { kind: 'tflite', at: 4, bytes: ascii('TFL3') },
    { kind: 'tar', at: 257, bytes: ascii('ustar') },
];
const ZIP_MAGICS = [
    [0x50, 0x4b, 3, 4],
    [0x50, 0x4b, 5, 6],
];
function isZip(head) {
    return ZIP_MAGICS.some((bytes) => hasBytes(head, 0, bytes));
}
function findBinaryKind(head) {
    const magic = MAGICS.find(({ at, bytes }) => hasBytes(head, at, bytes));
    if (magic)
        return magic.kind;
    if (isBzip2(head))
        return 'bzip2';
    if (isSafetensors(head))
        return 'safetensors';
    if (isTorchLegacy(head))
        return 'torch-legacy';
    return isPickle(head) ? 'pickle' : null;
}
function hasBytes(head, at, bytes) {
    return bytes.every((byte, index) => head[at + index] === byte);
}
function isSafetensors(head) {
    if (head.length < 9)
        return false;
    const headerBytes = (0,fields/* readSafeU64 */.jj)((0,fields/* viewOf */.du)(head), 0);
    if (headerBytes === null || headerBytes < 2)
        return false;
    if (headerBytes > limits/* SAFETENSORS_HEADER_MAX_BYTES */.r8)
        return false;
    const first = head.subarray(8).find((byte) => !isJsonSpace(byte));
    return first === 0x7b;
}
function isJsonSpace(byte) {
    return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
function isBzip2(head) {
    const level = head[3] ?? 0;
    return (hasBytes(head, 0, ascii('BZh')) &&
        level >= 0x31 &&
        level <= 0x39 &&
        (hasBytes(head, 4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) ||
            hasBytes(head, 4, [0x17, 0x72, 0x45, 0x38, 0x50, 0x90])));
}
function ascii(text) {
    return Array.from(text, (character) => character.charCodeAt(0));
}

;// CONCATENATED MODULE: ./lib/core/formats/lfs-pointer.js
const POINTER_END_BYTES = 1024;
const lfs_pointer_VERSIONS = [
    'https://git-lfs.github.com/spec/v1',
    'https://hawser.github.com/spec/v1',
];
function parseLfsPointer(text, fileBytes) {
    if (fileBytes >= POINTER_END_BYTES)
        return null;
    const lines = text.trim().split(/\r?\n/);
    const pairs = lines.map((line) => /^([a-z0-9.-]+) (.+)$/.exec(line));
    if (pairs.includes(null) || pairs[0]?.[1] !== 'version')
        return null;
    const fields = new Map(pairs.map((pair) => [pair?.[1], pair?.[2]]));
    if (!lfs_pointer_VERSIONS.includes(fields.get('version') ?? ''))
        return null;
    const oid = /^sha256:([0-9a-f]{64})$/.exec(fields.get('oid') ?? '')?.[1];
    const size = /^\d{1,16}$/.exec(fields.get('size') ?? '')?.[0];
    if (oid === undefined || size === undefined)
        return null;
    const sizeBytes = Number(size);
    return Number.isSafeInteger(sizeBytes)
        ? { kind: 'lfs-pointer', oid, sizeBytes }
        : null;
}

;// CONCATENATED MODULE: ./lib/core/formats/text-content.js

const LINE_MAX_CHARACTERS = 120;
const UNPRINTABLE = /[\0-\x07\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]|\p{Cs}/u;
function classifyText(head, sizeBytes) {
    const text = text_content_decodeText(head, head.length < sizeBytes);
    if (text === null || UNPRINTABLE.test(text))
        return null;
    return (parseLfsPointer(text, sizeBytes) ??
        classifyHtml(text) ??
        classifyXml(text) ??
        classifyJson(text) ??
        describeText(text));
}
function text_content_decodeText(head, goesOn) {
    const [first, second, third, fourth] = head;
    if (first === 0xff && second === 0xfe)
        return decodeUtf16(head.subarray(2), 0);
    if (first === 0xfe && second === 0xff)
        return decodeUtf16(head.subarray(2), 1);
    if (second === 0 && fourth === 0 && first !== 0 && third !== 0)
        return decodeUtf16(head, 0);
    if (first === 0 && third === 0 && second !== 0 && fourth !== 0)
        return decodeUtf16(head, 1);
    try {
        const decoder = new TextDecoder('utf-8', { fatal: true });
        return decoder.decode(head, { stream: goesOn });
    }
    catch {
        return null;
    }
}
function decodeUtf16(bytes, lowAt) {
    let text = '';
    for (let at = 0; at + 1 < bytes.length; at += 2) {
        const low = bytes[at + lowAt] ?? 0;
        const high = bytes[at + 1 - lowAt] ?? 0;
        text += String.fromCharCode(high * 256 + low);
    }
    return text.replace(/[\ud800-\udbff]$/, '');
}
function classifyHtml(text) {
    const start = text.trimStart();
    const isPage = /^<(?:!doctype\s+html|html|head|body)[\s>]/i.test(start) ||
        (/^<(?:\?xml|!--)/.test(start) &&
            /<(?:!doctype\s+html|html)[\s>]/i.test(start));
    if (!isPage)
        return null;
    const title = /<title[^<>]{0,200}>([^<]{1,1000})/i.exec(start)?.[1];
    return { kind: 'html', title: title === undefined ? null : capLine(title) };
}
function classifyXml(text) {
    const start = text.trimStart();
    if (!/^<(?:\?xml[\s?]|!DOCTYPE[\s>]|[A-Za-z_][\w:.-]*(?:[\s>]|\/>))/.test(start))
        return null;
    const root = /<([A-Za-z_][\w:.-]{0,99})[\s/>]/.exec(start)?.[1];
    return { kind: 'xml', root: root ?? null };
}
function classifyJson(text) {
    const start = text.trimStart();
    if (!/^(?:\{\s*["}]|\[\s*[[{"\]])/.test(start))
        return null;
    const error = /^\{\s*"(?:error|errors|message|detail)"\s*:\s*"([^"\\]{1,1000})/i;
    const message = error.exec(start)?.[1];
    return {
        kind: 'json',
        error: message === undefined ? null : capLine(message),
    };
}
function describeText(text) {
    const line = /\S[^\r\n]*/.exec(text)?.[0] ?? '';
    const firstLine = capLine(line);
    return {
        kind: 'text',
        firstLine,
        isCapped: firstLine.length < line.trim().length,
    };
}
function capLine(line) {
    const characters = Array.from(line.trim().slice(0, 2 * LINE_MAX_CHARACTERS));
    return characters.slice(0, LINE_MAX_CHARACTERS).join('');
}

;// CONCATENATED MODULE: ./lib/core/formats/recognise.js




const ZERO_EDGE_BYTES = 64 * 1024;
const FIRST_BYTES = 8;
async function recognise(head, reader) {
    const sample = { head, sizeBytes: reader.size };
    return needsEdges(sample) && reader.access === 'random'
        ? recogniseSample({ ...sample, edges: await readEdges(head, reader) })
        : recogniseSample(sample);
}
function recogniseSample(sample) {
    const { head, sizeBytes } = sample;
    if (sizeBytes === 0)
        return { kind: 'empty' };
    if (isAllZero(head))
        return describeZeros(sample);
    if (isZip(head))
        return { kind: 'zip' };
    const isTextPickle = head[0] !== 0x80 && (isTorchLegacy(head) || isPickle(head));
    const text = isTextPickle ? null : classifyText(head, sizeBytes);
    if (text !== null)
        return text;
    const kind = findBinaryKind(head);
    return kind === null ? unknown(head) : { kind };
}
function needsEdges({ head, sizeBytes }) {
    return head.length > 0 && head.length < sizeBytes && isAllZero(head);
}
async function readEdges(head, reader) {
    const { size } = reader;
    const firstEnd = Math.min(size, ZERO_EDGE_BYTES);
    const first = await reader.read(head.length, firstEnd - head.length);
    const lastStart = Math.max(firstEnd, size - ZERO_EDGE_BYTES);
    const isDone = lastStart >= size || !isAllZero(first);
    return isDone
        ? [first]
        : [first, await reader.read(lastStart, size - lastStart)];
}
function describeZeros({ head, sizeBytes, edges }) {
    const isWhole = head.length >= sizeBytes;
    const hasZeroEdges = edges?.every(isAllZero) === true;
    return isWhole || hasZeroEdges ? { kind: 'zero-filled' } : unknown(head);
}
function isAllZero(bytes) {
    return bytes.every((byte) => byte === 0);
}
function unknown(head) {
    const first = Array.from(head.subarray(0, FIRST_BYTES), (byte) => byte.toString(16).padStart(2, '0'));
    return { kind: 'unknown', firstBytes: first.join(' ') };
}

;// CONCATENATED MODULE: ./lib/core/formats/json/decode.js

function decodeUtf8(bytes) {
    return hasMark(bytes)
        ? (0,parsed/* defective */.Q)({ code: 'byte-order-mark', at: 0 })
        : decodePiece(bytes);
}
function hasMark(bytes) {
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
function decodePiece(bytes) {
    try {
        const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
        return (0,parsed/* parsed */.Y)(decoder.decode(bytes));
    }
    catch {
        return (0,parsed/* defective */.Q)({ code: 'invalid-utf8', at: validPrefix(bytes) });
    }
}
function wholeCharacters(bytes) {
    for (let back = 1; back <= Math.min(3, bytes.length); back++) {
        const byte = bytes[bytes.length - back] ?? 0;
        if (byte < 0x80)
            break;
        if (byte < 0xc0)
            continue;
        const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        return back < length ? bytes.length - back : bytes.length;
    }
    return bytes.length;
}
function utf8Length(text) {
    return new TextEncoder().encode(text).length;
}
function validPrefix(bytes) {
    const isValid = (length) => {
        try {
            new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
            return true;
        }
        catch {
            return false;
        }
    };
    let valid = 0;
    let invalid = bytes.length;
    while (invalid - valid > 1) {
        const middle = (valid + invalid) >>> 1;
        if (isValid(middle))
            valid = middle;
        else
            invalid = middle;
    }
    return valid;
}

;// CONCATENATED MODULE: ./lib/core/formats/json/grammar.js

function readValue(scanner, depth) {
    return readWithin(scanner, { values: 0 }, depth);
}
function readWithin(scanner, budget, depth) {
    if (++budget.values > limits/* JSON_MAX_VALUES */.d_)
        scanner.fail('too-many-values');
    switch (scanner.peek()) {
        case '{':
            return readObject(scanner, budget, depth + 1);
        case '[':
            return readArray(scanner, budget, depth + 1);
        case '"':
            return scanner.readText();
        default:
            return scanner.readScalar();
    }
}
const EMPTY_ARRAY = { kind: 'array', items: [] };
const EMPTY_OBJECT = { kind: 'object', entries: [] };
function readArray(scanner, budget, depth) {
    enter(scanner, depth);
    if (scanner.takes(']'))
        return EMPTY_ARRAY;
    const items = [];
    for (;;) {
        items.push(readWithin(scanner, budget, depth));
        scanner.skipSpace();
        if (scanner.takes(']'))
            return { kind: 'array', items: trimmed(items) };
        scanner.expect(',');
        scanner.skipSpace();
    }
}
function readObject(scanner, budget, depth) {
    const entries = [];
    readMembers(scanner, depth, () => {
        const key = readKey(scanner);
        entries.push({ key, node: readWithin(scanner, budget, depth) });
    });
    return entries.length === 0
        ? EMPTY_OBJECT
        : { kind: 'object', entries: trimmed(entries) };
}
function readMembers(scanner, depth, readMember) {
    enter(scanner, depth);
    if (scanner.takes('}'))
        return;
    for (;;) {
        readMember();
        scanner.skipSpace();
        if (scanner.takes('}'))
            return;
        scanner.expect(',');
        scanner.skipSpace();
    }
}
function readKey(scanner) {
    const key = scanner.readString();
    scanner.skipSpace();
    scanner.expect(':');
    scanner.skipSpace();
    return key;
}
function trimmed(list) {
    return list.slice();
}
function enter(scanner, depth) {
    if (depth > limits/* JSON_MAX_DEPTH */.EB)
        scanner.fail('too-deep');
    scanner.step();
    scanner.skipSpace();
}

;// CONCATENATED MODULE: ./lib/core/formats/json/scanner.js
class ScanFailure extends Error {
    code;
    at;
    constructor(code, at) {
        super(code);
        this.code = code;
        this.at = at;
    }
}
const scanner_NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const CUT_NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.|(?:\.\d+)?[eE][+-]?)?)?$/y;
const SPACES = ' \t\n\r';
const NON_FINITE = /NaN|-?Infinity/y;
const scanner_PLAIN = /[^"\\\u0000-\u001f]*/y;
const SURROGATE = /[\ud800-\udfff]/u;
const ESCAPES = new Map([
    ['"', '"'],
    ['\\', '\\'],
    ['/', '/'],
    ['b', '\b'],
    ['f', '\f'],
    ['n', '\n'],
    ['r', '\r'],
    ['t', '\t'],
]);
const LITERALS = [
    ['true', { kind: 'boolean', value: true }],
    ['false', { kind: 'boolean', value: false }],
    ['null', { kind: 'null' }],
];
const scanner_WORDS = {
    python: ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'],
    serde: ['true', 'false', 'null', '-'],
};
const SHARED_MAX_CHARACTERS = 64;
const SHARED_MAX = 1024;
const PIECES_MAX = 1024;
class Scanner {
    #text;
    #dialect;
    #texts = new Map();
    #numbers = new Map();
    #at = 0;
    constructor(text, dialect) {
        this.#text = text;
        this.#dialect = dialect;
    }
    get at() {
        return this.#at;
    }
    goTo(at) {
        this.#at = at;
    }
    isAtEnd() {
        return this.#at >= this.#text.length;
    }
    peek() {
        return this.#text[this.#at];
    }
    step() {
        this.#at++;
    }
    fail(code, at = this.#at) {
        throw new ScanFailure(code, at);
    }
    skipSpace() {
        while (SPACES.includes(this.#text[this.#at] ?? '\0'))
            this.#at++;
    }
    takes(character) {
        if (this.peek() !== character)
            return false;
        this.#at++;
        return true;
    }
    expect(character) {
        if (!this.takes(character))
            this.#failUnexpected();
    }
    offers(take) {
        const end = take(this.#text, this.#at);
        if (end !== null)
            this.#at = end;
        return end !== null;
    }
    readScalar() {
        const lexeme = this.#match(scanner_NUMBER);
        if (lexeme === '')
            return this.#readWord();
        if (/[\d.eE]/.test(this.peek() ?? ''))
            this.#failNumber(lexeme);
        if (this.#dialect === 'serde' && !Number.isFinite(Number(lexeme)))
            this.fail('invalid-number', this.#at - lexeme.length);
        return this.#number(lexeme);
    }
    #readWord() {
        for (const [word, node] of LITERALS)
            if (this.#takesWord(word))
                return node;
        const lexeme = this.#dialect === 'python' ? this.#match(NON_FINITE) : '';
        return lexeme === '' ? this.#failScalar() : this.#number(lexeme);
    }
    readString() {
        return this.readText().value;
    }
    readText() {
        this.expect('"');
        let value = this.#match(scanner_PLAIN);
        if (!this.takes('"'))
            value += this.#readRest();
        if (this.#dialect === 'serde' && SURROGATE.test(value))
            this.fail('invalid-string');
        return shared(this.#texts, value, () => ({ kind: 'string', value }));
    }
    #readRest() {
        let rest = '';
        let pieces = [];
        while (!this.takes('"')) {
            if (this.isAtEnd())
                this.fail('truncated');
            pieces.push(this.#readEscape(), this.#match(scanner_PLAIN));
            if (pieces.length < PIECES_MAX)
                continue;
            rest += pieces.join('');
            pieces = [];
        }
        return rest + pieces.join('');
    }
    #number(lexeme) {
        return shared(this.#numbers, lexeme, () => ({ kind: 'number', lexeme }));
    }
    #readEscape() {
        if (!this.takes('\\'))
            this.fail('invalid-string');
        const character = this.peek();
        if (character === undefined)
            this.fail('truncated');
        this.#at++;
        if (character === 'u')
            return this.#readUnicode();
        return ESCAPES.get(character) ?? this.fail('invalid-string', this.#at - 1);
    }
    #readUnicode() {
        const digits = this.#text.slice(this.#at, this.#at + 4);
        if (!/^[0-9a-fA-F]*$/.test(digits))
            this.fail('invalid-string');
        if (digits.length < 4)
            this.fail('truncated', this.#text.length);
        this.#at += 4;
        return String.fromCharCode(parseInt(digits, 16));
    }
    #takesWord(word) {
        if (!this.#text.startsWith(word, this.#at))
            return false;
        this.#at += word.length;
        return true;
    }
    #match(pattern) {
        const start = this.#at;
        pattern.lastIndex = start;
        if (!pattern.test(this.#text))
            return '';
        this.#at = pattern.lastIndex;
        return this.#text.slice(start, this.#at);
    }
    #failScalar() {
        const rest = this.#text.slice(this.#at, this.#at + 10);
        const words = scanner_WORDS[this.#dialect];
        const isCutWord = this.#at + rest.length === this.#text.length &&
            words.some((word) => word.startsWith(rest));
        if (isCutWord)
            this.fail('truncated', this.#text.length);
        this.fail(rest.startsWith('-') ? 'invalid-number' : 'unexpected');
    }
    #failNumber(lexeme) {
        this.#at -= lexeme.length;
        const isCut = this.#match(CUT_NUMBER) !== '';
        this.fail(isCut ? 'truncated' : 'invalid-number');
    }
    #failUnexpected() {
        this.fail(this.isAtEnd() ? 'truncated' : 'unexpected');
    }
}
function shared(known, text, make) {
    if (text.length > SHARED_MAX_CHARACTERS)
        return make();
    const found = known.get(text);
    if (found !== undefined)
        return found;
    const made = make();
    if (known.size < SHARED_MAX)
        known.set(text, made);
    return made;
}

;// CONCATENATED MODULE: ./lib/core/formats/json/parse.js




function parseJson(bytes, dialect) {
    return scan(bytes, dialect, (scanner) => readValue(scanner, 0));
}
function parseMembers(bytes, dialect, maxMembers, taker) {
    return scan(bytes, dialect, (scanner) => {
        if (scanner.peek() !== '{')
            return readValue(scanner, 0).kind;
        let members = 0;
        readMembers(scanner, 1, () => {
            const isTaken = scanner.offers(taker.takeWhole);
            const key = isTaken ? '' : readKey(scanner);
            if (++members > maxMembers)
                scanner.fail('too-many-values');
            if (!isTaken)
                taker.take(key, readValue(scanner, 1));
        });
        return 'object';
    });
}
function scan(bytes, dialect, read) {
    const text = decodeUtf8(bytes);
    if (!text.ok)
        return text;
    const scanner = new Scanner(text.value, dialect);
    try {
        return (0,parsed/* parsed */.Y)(parse_readDocument(scanner, read));
    }
    catch (error) {
        if (!(error instanceof ScanFailure))
            throw error;
        return (0,parsed/* defective */.Q)({
            code: error.code,
            at: byteOffset(text.value, error.at),
        });
    }
}
function byteOffset(text, at) {
    return utf8Length(text.slice(0, at));
}
function parse_readDocument(scanner, read) {
    scanner.skipSpace();
    if (scanner.isAtEnd())
        scanner.fail('empty');
    const value = read(scanner);
    scanner.skipSpace();
    if (!scanner.isAtEnd())
        scanner.fail('trailing');
    return value;
}

;// CONCATENATED MODULE: ./lib/core/formats/safetensors/dtypes.js
const BITS = new Map([
    ['BOOL', 8],
    ['F4', 4],
    ['F6_E2M3', 6],
    ['F6_E3M2', 6],
    ['U8', 8],
    ['I8', 8],
    ['F8_E5M2', 8],
    ['F8_E4M3', 8],
    ['F8_E8M0', 8],
    ['F8_E4M3FNUZ', 8],
    ['F8_E5M2FNUZ', 8],
    ['I16', 16],
    ['U16', 16],
    ['F16', 16],
    ['BF16', 16],
    ['I32', 32],
    ['U32', 32],
    ['F32', 32],
    ['C64', 64],
    ['F64', 64],
    ['I64', 64],
    ['U64', 64],
]);
function bitsOf(dtype) {
    return BITS.get(dtype) ?? null;
}

;// CONCATENATED MODULE: ./lib/core/formats/safetensors/plain-entry.js

const SHAPES_MAX = 1024;
const METADATA = '__metadata__';
const INTEGER = String.raw `(?:0|[1-9]\d{0,14})`;
const ENTRY = new RegExp([
    String.raw `"([^"\\\u0000-\u001f]*)":\{"dtype":"(\w+)",`,
    String.raw `"shape":\[((?:${INTEGER}(?:,${INTEGER}){0,15})?)\],`,
    String.raw `"data_offsets":\[(${INTEGER}),(${INTEGER})\]\}`,
].join(''), 'y');
function readPlainEntry(text, at, known) {
    ENTRY.lastIndex = at;
    const found = ENTRY.exec(text);
    const name = found?.[1];
    const dtype = found?.[2];
    const sizes = found?.[3];
    if (name === undefined || dtype === undefined || sizes === undefined)
        return null;
    if (name === METADATA || bitsOf(dtype) === null)
        return null;
    const shape = shapeOf(sizes, known);
    const begin = Number(found?.[4]);
    const tensor = { name, dtype, shape, begin, end: Number(found?.[5]) };
    return { tensor, end: ENTRY.lastIndex };
}
function shapeOf(sizes, known) {
    const before = known.get(sizes);
    if (before !== undefined)
        return before;
    const shape = sizes === '' ? [] : sizes.split(',').map(Number);
    if (known.size < SHAPES_MAX)
        known.set(sizes, shape);
    return shape;
}

;// CONCATENATED MODULE: ./lib/core/formats/safetensors/header.js






function parseHeader(text) {
    const header = gathering(text[0] === 0x7b ? [] : [{ code: 'leading-space' }]);
    const json = parseMembers(text, 'serde', limits/* SAFETENSORS_MAX_ENTRIES */.kV + 1, header);
    if (!json.ok)
        return (0,parsed/* defective */.Q)(textDefect(json.defect, text.length));
    if (json.value !== 'object')
        return (0,parsed/* defective */.Q)({ code: 'header-not-an-object' });
    return header.result();
}
function textDefect(defect, headerBytes) {
    if (defect.code === 'too-many-values')
        return { code: 'not-read', headerBytes };
    return defect.code === 'invalid-utf8'
        ? { code: 'invalid-utf8', at: defect.at }
        : { code: 'invalid-json', json: defect };
}
function gathering(notes) {
    const tensors = new Map();
    const shapes = new Map();
    const metadata = [];
    let defect = null;
    const takeMetadata = (node) => {
        const read = header_readMetadata(node, notes);
        if (!read.ok)
            defect = read.defect;
        else if (metadata.length > 0)
            defect = { code: 'metadata-invalid', key: null };
        else
            metadata.push(read.value);
    };
    const keep = (tensor) => {
        const { name } = tensor;
        if (tensors.has(name))
            notes.push({ code: 'duplicate-tensor', tensor: name });
        tensors.set(name, tensor);
    };
    const takeTensor = (key, node) => {
        const tensor = readTensor(key, node, notes, shapes);
        if (tensor.ok)
            keep(tensor.value);
        else
            defect = tensor.defect;
    };
    return {
        takeWhole: (text, at) => {
            const entry = readPlainEntry(text, at, shapes);
            if (entry !== null && defect === null)
                keep(entry.tensor);
            return entry?.end ?? null;
        },
        take: (key, node) => {
            if (defect !== null)
                return;
            if (key === METADATA)
                takeMetadata(node);
            else
                takeTensor(key, node);
        },
        result: () => defect === null
            ? (0,parsed/* parsed */.Y)({
                tensors: [...tensors.values()],
                metadata: metadata[0] ?? new Map(),
                notes,
            })
            : (0,parsed/* defective */.Q)(defect),
    };
}
function header_readMetadata(node, notes) {
    if (node.kind === 'null')
        return (0,parsed/* parsed */.Y)(new Map());
    if (node.kind !== 'object')
        return (0,parsed/* defective */.Q)({ code: 'metadata-invalid', key: null });
    const metadata = new Map();
    for (const { key, node: member } of node.entries) {
        const value = asString(member);
        if (value === null)
            return (0,parsed/* defective */.Q)({ code: 'metadata-invalid', key });
        metadata.set(key, value);
    }
    const repeated = findRepeatedKey(node);
    if (repeated !== null)
        notes.push({ code: 'duplicate-metadata', key: repeated });
    return (0,parsed/* parsed */.Y)(metadata);
}
function readTensor(name, node, notes, shapes) {
    const invalid = (fault) => (0,parsed/* defective */.Q)({ code: 'entry-invalid', tensor: name, fault });
    const fields = readFields(name, node, notes);
    if (typeof fields === 'string')
        return invalid(fields);
    const dtype = readDtype(name, fields.dtype, notes);
    if (dtype === null)
        return invalid('dtype');
    if (bitsOf(dtype) === null)
        return (0,parsed/* defective */.Q)({ code: 'dtype-unknown', tensor: name, dtype });
    const shape = readShape(fields.shape, shapes);
    if (shape === null)
        return invalid('shape');
    const [begin, end, ...more] = asIntegers(fields.data_offsets) ?? [];
    if (begin === undefined || end === undefined || more.length > 0)
        return invalid('data_offsets');
    return (0,parsed/* parsed */.Y)({ name, dtype, shape, begin, end });
}
function readFields(tensor, node, notes) {
    const items = asArray(node);
    if (items !== null) {
        const [dtype, shape, offsets, ...more] = items;
        if (!dtype || !shape || !offsets || more.length > 0)
            return 'missing-field';
        notes.push({ code: 'other-notation', tensor });
        return { dtype, shape, data_offsets: offsets };
    }
    if (node.kind !== 'object')
        return 'not-an-object';
    return readNamedFields(tensor, node, notes);
}
function readNamedFields(tensor, { entries }, notes) {
    const fields = {};
    let unknown = null;
    for (const { key, node } of entries) {
        if (!isField(key))
            unknown ??= key;
        else if (fields[key] !== undefined)
            return 'duplicate-field';
        else
            fields[key] = node;
    }
    const { dtype, shape, data_offsets } = fields;
    if (!dtype || !shape || !data_offsets)
        return 'missing-field';
    if (unknown !== null)
        notes.push({ code: 'unknown-field', tensor, field: unknown });
    return { dtype, shape, data_offsets };
}
function isField(key) {
    return key === 'dtype' || key === 'shape' || key === 'data_offsets';
}
function readDtype(tensor, node, notes) {
    if (node.kind !== 'object')
        return asString(node);
    const [variant, ...more] = node.entries;
    if (variant?.node.kind !== 'null' || more.length > 0)
        return null;
    notes.push({ code: 'other-notation', tensor });
    return variant.key;
}
function readShape(node, known) {
    const key = (asArray(node) ?? []).map(lexemeOf).join();
    const before = known.get(key);
    if (before !== undefined && node.kind === 'array')
        return before;
    const shape = asIntegers(node);
    if (shape !== null && known.size < SHAPES_MAX)
        known.set(key, shape);
    return shape;
}
function lexemeOf(node) {
    return node.kind === 'number' ? node.lexeme : node.kind;
}
function asIntegers(node) {
    const integers = (asArray(node) ?? [null]).map(asUnsigned);
    return integers.every((value) => value !== null) ? integers : null;
}

;// CONCATENATED MODULE: ./lib/core/formats/safetensors/validate.js



const validate_LENGTH_BYTES = 8;
function validateLayout(header, headerBytes, sizeBytes) {
    const sorted = validate_inOrder(header.tensors);
    let expectedBegin = 0;
    for (const tensor of sorted) {
        const defect = findOffsetDefect(tensor, expectedBegin) ?? findSizeDefect(tensor);
        if (defect !== null)
            return (0,parsed/* defective */.Q)(defect);
        expectedBegin = tensor.end;
    }
    const expected = BigInt(validate_LENGTH_BYTES + headerBytes) + BigInt(expectedBegin);
    const ending = findEndDefect(expected, sizeBytes);
    if (ending !== null)
        return (0,parsed/* defective */.Q)(ending);
    return (0,parsed/* parsed */.Y)({
        headerBytes,
        tensors: sorted.map((one) => (isInNumbers(one) ? one : inNumbers(one))),
        metadata: header.metadata,
        notes: header.notes,
    });
}
function validate_inOrder(tensors) {
    const isSorted = tensors.every((tensor, at) => {
        const next = tensors[at + 1];
        return next === undefined || compareOffsets(tensor, next) <= 0;
    });
    return isSorted ? tensors : [...tensors].sort(compareOffsets);
}
function isInNumbers(tensor) {
    const isNumber = (value) => typeof value === 'number';
    const { shape, begin, end } = tensor;
    return shape.every(isNumber) && isNumber(begin) && isNumber(end);
}
function inNumbers(tensor) {
    const { name, dtype, shape, begin, end } = tensor;
    return {
        name,
        dtype,
        shape: shape.map(Number),
        begin: Number(begin),
        end: Number(end),
    };
}
function compareOffsets(left, right) {
    return (compareUnsigned(left.begin, right.begin) ||
        compareUnsigned(left.end, right.end));
}
function findOffsetDefect({ name, begin, end }, expectedBegin) {
    if (begin === expectedBegin && end >= begin)
        return null;
    const order = begin > expectedBegin ? 'hole' : 'overlap';
    return {
        code: 'offsets',
        tensor: name,
        fault: end < begin ? 'reversed' : order,
        begin: String(begin),
        end: String(end),
        expectedBegin: String(expectedBegin),
    };
}
function findSizeDefect(tensor) {
    const { name, dtype, shape, begin, end } = tensor;
    const bits = bitsInAll(tensor);
    if (bits === null)
        return { code: 'overflow', tensor: name };
    const expected = wholeBytes(bits);
    if (expected === null)
        return { code: 'misaligned', tensor: name, bits: String(bits) };
    const found = minus(end, begin);
    if (found === expected)
        return null;
    return {
        code: 'size-mismatch',
        tensor: name,
        dtype,
        shape: shape.map(String),
        expectedBytes: String(expected),
        foundBytes: String(found),
    };
}
function bitsInAll({ shape, dtype }) {
    let product = 1;
    for (const size of shape) {
        product = times(product, size);
        if (product === null)
            return null;
    }
    return times(product, bitsOf(dtype) ?? 0);
}
function findEndDefect(expected, sizeBytes) {
    if (expected > BigInt(sizeBytes))
        return { code: 'truncated', sizeBytes, expectedBytes: String(expected) };
    const expectedBytes = Number(expected);
    return expectedBytes < sizeBytes
        ? { code: 'trailing', sizeBytes, expectedBytes }
        : null;
}

;// CONCATENATED MODULE: ./lib/core/formats/safetensors/read.js




const read_LENGTH_BYTES = 8;
async function readSafetensors(reader, head, recall = (_text, _fileBytes, decode) => decode()) {
    const first = head ?? (await reader.read(0, Math.min(limits/* HEAD_BYTES */.Lq, reader.size)));
    const text = await readText(reader, first);
    if (!text.ok)
        return text;
    return recall(text.value, reader.size, () => {
        const header = parseHeader(text.value);
        return header.ok
            ? validateLayout(header.value, text.value.length, reader.size)
            : header;
    });
}
async function readTensorNames(reader, head) {
    const text = await readText(reader, head);
    const header = text.ok ? parseHeader(text.value) : text;
    return header.ok ? header.value.tensors.map(({ name }) => name) : null;
}
async function readText(reader, first) {
    const length = readLength(first, reader.size);
    if (!length.ok)
        return length;
    const end = read_LENGTH_BYTES + length.value;
    return (0,parsed/* parsed */.Y)(end <= first.length
        ? first.subarray(read_LENGTH_BYTES, end)
        : await reader.read(read_LENGTH_BYTES, length.value));
}
function readLength(first, sizeBytes) {
    if (sizeBytes < read_LENGTH_BYTES)
        return (0,parsed/* defective */.Q)({ code: 'header-too-small', sizeBytes });
    const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
    const length = view.getBigUint64(0, true);
    if (length > BigInt(limits/* SAFETENSORS_HEADER_MAX_BYTES */.r8))
        return (0,parsed/* defective */.Q)({ code: 'header-too-large', headerBytes: String(length) });
    const headerBytes = Number(length);
    if (read_LENGTH_BYTES + headerBytes > sizeBytes)
        return (0,parsed/* defective */.Q)({ code: 'header-beyond-file', headerBytes, sizeBytes });
    if (headerBytes > limits/* SAFETENSORS_HEADER_READ_MAX_BYTES */.w)
        return (0,parsed/* defective */.Q)({ code: 'not-read', headerBytes });
    return (0,parsed/* parsed */.Y)(headerBytes);
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-legacy.js






const PROTOCOL = 1001n;
async function readTorchLegacy(reader) {
    const pickles = await readPickles(reader);
    if (pickles === 'too-large')
        return (0,parsed/* parsed */.Y)(unknownState('its pickles are larger than is read'));
    if (!pickles.ok)
        return pickles;
    const { protocol, plain, object, keys, endBytes } = pickles.value;
    const { value } = protocol;
    if (value.kind === 'call' || value.kind === 'float')
        return (0,parsed/* parsed */.Y)(unknownState('its protocol is of a rare kind'));
    if (value.kind !== 'int' || value.value !== PROTOCOL)
        return (0,parsed/* defective */.Q)({
            code: 'legacy-protocol',
            found: value.kind === 'int' ? String(value.value) : null,
        });
    for (const one of [...plain, keys]) {
        const judged = judgeMade(one.made, () => (0,parsed/* parsed */.Y)('a storage out of place'));
        if (!judged.ok)
            return judged;
        const why = one.doubt ?? judged.value.unknown;
        if (why !== null)
            return (0,parsed/* parsed */.Y)(unknownState(why));
    }
    const storages = legacyStorages();
    const judged = judgeMade(object.made, storages.judge, true);
    if (!judged.ok)
        return judged;
    const why = object.doubt ?? judged.value.unknown;
    if (why !== null)
        return (0,parsed/* parsed */.Y)(unknownState(why));
    const listed = keysIn(keys.value);
    const extents = await readExtents(reader, listed, storages, endBytes);
    if (typeof extents === 'string')
        return (0,parsed/* parsed */.Y)(unknownState(extents));
    if (!extents.ok)
        return extents;
    const { storagesAt, end } = extents.value;
    const trailingBytes = reader.size - end;
    return (0,parsed/* parsed */.Y)(stateOf(object, judged.value, { storagesAt, trailingBytes }));
}
async function readPickles(reader) {
    const whole = Math.min(reader.size, limits/* PICKLE_MAX_BYTES */.GD);
    let length = Math.min(whole, limits/* LEGACY_PICKLES_FIRST_BYTES */.Fd);
    for (;;) {
        const read = parsePickles(await reader.read(0, length));
        if (read.ok || read.defect.code !== 'pickle-cut')
            return read;
        if (length === reader.size)
            return read;
        if (length === whole)
            return 'too-large';
        length = Math.min(whole, length * 8);
    }
}
function parsePickles(bytes) {
    let at = 0;
    const read = [];
    for (const fields of ['none', 'none', 'none', 6, 'none']) {
        const one = readAllowed(bytes.subarray(at), fields);
        if (!one.ok)
            return (0,parsed/* defective */.Q)(movedBy(one.defect, at));
        read.push(one.value);
        at += one.value.endBytes;
    }
    const [magic, protocol, system, object, keys] = read;
    if (!magic || !protocol || !system || !object || !keys)
        return (0,parsed/* defective */.Q)({ code: 'pickle-cut', at });
    const plain = [magic, protocol, system];
    return (0,parsed/* parsed */.Y)({ protocol, plain, object, keys, endBytes: at });
}
function movedBy(defect, by) {
    if (defect.code === 'refused') {
        const { refusal } = defect;
        return { ...defect, refusal: { ...refusal, at: refusal.at + by } };
    }
    return 'at' in defect ? { ...defect, at: defect.at + by } : defect;
}
function keysIn(value) {
    if (value.kind !== 'list' && value.kind !== 'tuple')
        return null;
    const keys = value.items.flatMap((item) => item.kind === 'text' ? [item.value] : []);
    return keys.length === value.items.length ? keys : null;
}
async function readExtents(reader, keys, { roots, views }, start) {
    if (keys === null)
        return 'its list of storages is of a rare kind';
    if (keys.some((key) => views.has(key)))
        return 'it lists a part of a storage';
    const counts = countReader(reader);
    const storagesAt = new Map();
    let at = start;
    for (const [index, key] of keys.entries()) {
        const root = roots.get(key);
        if (root === undefined)
            return (0,parsed/* defective */.Q)({ code: 'legacy-key', key });
        const cut = (end) => (0,parsed/* defective */.Q)({
            code: 'legacy-cut',
            key,
            storages: keys.length,
            complete: index,
            expectedBytes: sizeWith(keys, roots, start),
            fileBytes: reader.size,
            missingBytes: end - reader.size,
        });
        const offset = at + COUNT_BYTES;
        if (offset > reader.size)
            return cut(offset);
        const count = await counts(at);
        if (BigInt.asIntN(64, count * BigInt(root.elementBytes)) !== root.sizeBytes)
            return (0,parsed/* defective */.Q)({
                code: 'legacy-count',
                key,
                expectedBytes: String(root.sizeBytes),
                found: String(count),
            });
        at = offset + Number(root.sizeBytes);
        if (at > reader.size)
            return cut(at);
        storagesAt.set(key, { offset, sizeBytes: Number(root.sizeBytes) });
    }
    if ([...roots].some(([key, { sizeBytes }]) => sizeBytes > 0n && !storagesAt.has(key)))
        return 'it lists only part of its storages';
    return (0,parsed/* parsed */.Y)({ storagesAt, end: at });
}
function sizeWith(keys, roots, start) {
    return keys.reduce((sum, key) => sum + COUNT_BYTES + Number(roots.get(key)?.sizeBytes ?? 0n), start);
}
const COUNT_BYTES = 8;
const COUNT_BLOCK_BYTES = 4096;
function countReader(reader) {
    let start = 0;
    let block = new Uint8Array();
    return async (at) => {
        if (at < start || at + COUNT_BYTES > start + block.length) {
            start = at;
            const length = Math.min(COUNT_BLOCK_BYTES, reader.size - at);
            block = await reader.read(at, length);
        }
        return (0,fields/* viewOf */.du)(block).getBigInt64(at - start, true);
    };
}

// EXTERNAL MODULE: ./lib/core/formats/crc32.js
var crc32 = __nccwpck_require__(195);
;// CONCATENATED MODULE: ./lib/core/formats/torch-salvage.js






const torch_salvage_LOCAL_HEADER_SIGNATURE = 0x04034b50;
const DESCRIPTOR_SIGNATURE = 0x08074b50;
const DESCRIPTOR_BIT = 1 << 3;
const PROBE_BYTES = 1024;
async function salvageTorchZip(reader) {
    const first = await readRecord(reader, 0);
    if (!first?.name.endsWith('/data.pkl'))
        return null;
    const pickle = await torch_salvage_readPickle(reader, first.offset);
    if (pickle === null)
        return null;
    const { judge, sizes } = claimedStorages();
    const judged = judgeMade(pickle.made, judge);
    if (!judged.ok || judged.value.unknown !== null)
        return null;
    const { tensors, inner } = describeRoot(pickle.value, judged.value.tensors);
    const end = first.offset + pickle.endBytes;
    const complete = await findComplete(reader, end, sizes);
    return torch_salvage_summarise([...tensors, ...inner], sizes, complete);
}
function torch_salvage_summarise(tensors, sizes, complete) {
    const total = (keys) => [...keys].reduce((sum, key) => sum + (sizes.get(key) ?? 0), 0);
    const lost = tensors.find(({ storage }) => storage !== null && !complete.has(storage.key));
    return {
        storages: sizes.size,
        storageBytes: total(sizes.keys()),
        complete: complete.size,
        completeBytes: total(complete),
        tensors: tensors.length,
        firstLost: lost?.name ?? null,
    };
}
async function torch_salvage_readPickle(reader, start) {
    const whole = Math.min(reader.size - start, limits/* PICKLE_MAX_BYTES */.GD);
    let length = Math.min(whole, limits/* LEGACY_PICKLES_FIRST_BYTES */.Fd);
    for (;;) {
        const read = readAllowed(await reader.read(start, length), 5);
        if (read.ok)
            return read.value.doubt === null ? read.value : null;
        if (read.defect.code !== 'pickle-cut' || length === whole)
            return null;
        length = Math.min(whole, length * 8);
    }
}
async function findComplete(reader, pickleEnd, sizes) {
    const complete = new Set();
    let at = await skipDescriptor(reader, pickleEnd);
    for (let walked = 0; walked < limits/* SALVAGE_MAX_RECORDS */.cY; walked += 1) {
        const record = at === null ? null : await readRecord(reader, at);
        if (record === null)
            break;
        const [, key] = /\/data\/([^/]+)$/.exec(record.name) ?? [];
        const claimed = key === undefined ? undefined : sizes.get(key);
        const size = claimed ?? record.smallBytes;
        if (size === null || record.offset + size > reader.size)
            break;
        at = record.hasDescriptor
            ? await skipDescriptor(reader, record.offset + size)
            : record.offset + size;
        if (at === null)
            break;
        if (key !== undefined && claimed !== undefined)
            complete.add(key);
    }
    return complete;
}
async function readRecord(reader, at) {
    const length = Math.min(PROBE_BYTES, reader.size - at);
    if (length < fields/* LOCAL_HEADER_BYTES */.q_)
        return null;
    const bytes = await reader.read(at, length);
    const view = (0,fields/* viewOf */.du)(bytes);
    if (view.getUint32(0, true) !== torch_salvage_LOCAL_HEADER_SIGNATURE)
        return null;
    const nameEnd = fields/* LOCAL_HEADER_BYTES */.q_ + view.getUint16(26, true);
    const start = nameEnd + view.getUint16(28, true);
    if (at + start > reader.size)
        return null;
    const hasDescriptor = (view.getUint16(6, true) & DESCRIPTOR_BIT) !== 0;
    return {
        name: (0,fields/* decodeName */.e4)(bytes.subarray(fields/* LOCAL_HEADER_BYTES */.q_, nameEnd)),
        offset: at + start,
        hasDescriptor,
        smallBytes: hasDescriptor
            ? findSmall(bytes.subarray(start))
            : view.getUint32(18, true),
    };
}
function findSmall(bytes) {
    const view = (0,fields/* viewOf */.du)(bytes);
    for (let size = 0; size + 16 <= bytes.length; size += 1)
        if (view.getUint32(size, true) === DESCRIPTOR_SIGNATURE &&
            view.getUint32(size + 8, true) === size)
            return size;
    return null;
}
async function skipDescriptor(reader, at) {
    const length = Math.min(28, reader.size - at);
    if (length < 16)
        return null;
    const view = (0,fields/* viewOf */.du)(await reader.read(at, length));
    if (view.getUint32(0, true) !== DESCRIPTOR_SIGNATURE)
        return null;
    const isLong = length === 28 && view.getUint32(24, true) === torch_salvage_LOCAL_HEADER_SIGNATURE;
    return at + (isLong ? 24 : 16);
}

;// CONCATENATED MODULE: ./lib/core/layout/head.js



async function readHead(reader) {
    const { size, access } = reader;
    const bytes = await reader.read(0, Math.min(limits/* HEAD_BYTES */.Lq, size));
    return { size, access, bytes };
}
function reopening({ size, access }, reopen) {
    const opened = memoise(reopen);
    let isOpen = false;
    const reader = async () => {
        const again = await opened();
        isOpen = true;
        if (again.size === size)
            return again;
        throw new bytes_reader/* SourceError */.c8('CHANGED', `the file changed while it was read, from ${size} to ${again.size} bytes`);
    };
    return {
        size,
        access,
        read: async (start, length) => (await reader()).read(start, length),
        async *stream(start, end) {
            yield* (await reader()).stream(start, end);
        },
        scan: async (ranges, feed) => (0,bytes_reader/* scanRanges */.w0)(await reader(), ranges, feed),
        close: async () => {
            if (isOpen)
                await (await opened()).close();
        },
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/header-facts.js


function headerFacts({ recall, shelf }, read) {
    const header = shelf((takes) => read((text, fileBytes, decode) => {
        takes(text.length);
        return recall(text, fileBytes, decode);
    }));
    const tensorCount = memoise(async () => {
        const whole = await header();
        return whole.ok ? (0,parsed/* parsed */.Y)(whole.value.tensors.length) : whole;
    });
    return {
        safetensors: async () => {
            await tensorCount();
            return header();
        },
        tensorCount,
        forget: () => {
            header.forget();
        },
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/read-json.js



async function readJson(reader) {
    if (reader.size > limits/* JSON_MAX_BYTES */.iD)
        return (0,parsed/* defective */.Q)({
            code: 'too-large',
            sizeBytes: reader.size,
            maxBytes: limits/* JSON_MAX_BYTES */.iD,
        });
    const bytes = await reader.read(0, reader.size);
    return parseJson(bytes, 'python');
}

;// CONCATENATED MODULE: ./lib/core/bytes/held-reader.js

function heldReader(bytes) {
    const within = (start, end) => {
        if (start >= 0 && start <= end && end <= bytes.length)
            return bytes.subarray(start, end);
        throw new bytes_reader/* SourceError */.c8('SHORT_READ', `no bytes ${start} to ${end} of ${bytes.length}`);
    };
    return {
        size: bytes.length,
        access: 'random',
        read: (start, length) => new Promise((resolve) => {
            resolve(within(start, start + length));
        }),
        async *stream(start, end) {
            yield within(start, end);
        },
        close: () => Promise.resolve(),
    };
}

;// CONCATENATED MODULE: ./lib/core/formats/torch-sums.js


const torch_sums_STORED = 0;
async function checkTorchSums(reader, { records, isCrcOff }, crc32) {
    const damaged = [];
    const lost = [];
    let held = 0;
    let heldBytes = 0;
    let left = 0;
    const inFileOrder = [...records].sort(([, one], [, other]) => one.localHeaderOffset - other.localHeaderOffset);
    for (const [record, entry] of inFileOrder) {
        const offset = await readContentOffset(reader, entry);
        const isPlain = entry.method === torch_sums_STORED && !entry.isEncrypted;
        if (!offset.ok && isLookedFor(record, entry))
            lost.push(record);
        if (isCrcOff)
            continue;
        if (!offset.ok || !isPlain) {
            left += 1;
            continue;
        }
        const { sizeBytes, crc32: expected } = entry;
        let found = 0;
        const end = offset.value + sizeBytes;
        for await (const piece of reader.stream(offset.value, end))
            found = crc32(piece, found);
        held += 1;
        heldBytes += sizeBytes;
        if (found !== expected)
            damaged.push({ record, sizeBytes, expected, found });
    }
    return { isOff: isCrcOff, held, heldBytes, left, lost, damaged };
}

;// CONCATENATED MODULE: ./lib/core/values/byte-tables.js
const SMALL_FLOATS = {
    F8_E4M3: { exponentBits: 4, mantissaBits: 3, bias: 7, special: 'fn' },
    F8_E5M2: { exponentBits: 5, mantissaBits: 2, bias: 15, special: 'ieee' },
    F8_E4M3FNUZ: { exponentBits: 4, mantissaBits: 3, bias: 8, special: 'fnuz' },
    F8_E5M2FNUZ: { exponentBits: 5, mantissaBits: 2, bias: 16, special: 'fnuz' },
};
const F4_MAGNITUDES = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
const E8M0_BIAS = 127;
const E8M0_NAN = 0xff;
function byteValue(dtype, byte) {
    const small = SMALL_FLOATS[dtype];
    if (small !== undefined)
        return smallFloat(small, byte);
    switch (dtype) {
        case 'F8_E8M0':
            return byte === E8M0_NAN ? NaN : 2 ** (byte - E8M0_BIAS);
        case 'F4':
            return byte >> 4 === (byte & 15) ? fourBits(byte & 15) : NaN;
        case 'I8':
            return (byte << 24) >> 24;
        default:
            return byte;
    }
}
const BYTE_DTYPES = new Set([
    ...Object.keys(SMALL_FLOATS),
    'F8_E8M0',
    'F4',
    'U8',
    'I8',
    'BOOL',
]);
function byteTableOf(dtype) {
    const magnitude = (byte) => dtype === 'F4'
        ? Math.max(Math.abs(fourBits(byte & 15)), Math.abs(fourBits(byte >> 4)))
        : Math.abs(byteValue(dtype, byte));
    return Float64Array.from({ length: 256 }, (_, byte) => magnitude(byte));
}
function fourBits(bits) {
    const magnitude = F4_MAGNITUDES[bits & 7] ?? NaN;
    return bits > 7 ? -magnitude : magnitude;
}
function smallFloat(format, byte) {
    const { exponentBits, mantissaBits, bias, special } = format;
    const magnitude = byte & 0x7f;
    if (special === 'fnuz' && byte === 0x80)
        return NaN;
    if (special === 'fn' && magnitude === 0x7f)
        return NaN;
    const sign = byte > 0x7f ? -1 : 1;
    const exponent = magnitude >> mantissaBits;
    const mantissa = magnitude & ((1 << mantissaBits) - 1);
    if (special === 'ieee' && exponent === (1 << exponentBits) - 1)
        return mantissa === 0 ? sign * Infinity : NaN;
    const fraction = mantissa / (1 << mantissaBits);
    return exponent === 0
        ? sign * fraction * 2 ** (1 - bias)
        : sign * (1 + fraction) * 2 ** (exponent - bias);
}

;// CONCATENATED MODULE: ./lib/core/values/half.js
const HALF_EXPONENT = 0x7c00;
const HALF_MANTISSA_BITS = 10;
const HALF_BIAS = 15;
function fromHalf(bits) {
    const exponent = bits >> HALF_MANTISSA_BITS;
    const fraction = (bits & 0x3ff) / 1024;
    if (bits >= HALF_EXPONENT)
        return bits === HALF_EXPONENT ? Infinity : NaN;
    return exponent === 0
        ? fraction * 2 ** (1 - HALF_BIAS)
        : (1 + fraction) * 2 ** (exponent - HALF_BIAS);
}
function fromBfloat16(bits) {
    return fromFloat32(bits << 16);
}
const WORD = new Int32Array(1);
const FLOAT = new Float32Array(WORD.buffer);
function fromFloat32(bits) {
    WORD[0] = bits;
    return FLOAT[0] ?? NaN;
}

;// CONCATENATED MODULE: ./lib/core/values/kernels.js


const kernels_wordsOf = (bytes) => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
const INFINITE_F32 = 0x7f80_0000;
const INFINITE_F16 = 0x7c00;
const INFINITE_BF16 = 0x7f80;
const MAGNITUDE = 0x7fff_ffff;
function largestF32(bytes) {
    const words = kernels_wordsOf(bytes);
    const inFours = words.length & ~3;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let at = 0; at < inFours; at += 4) {
        const one = (words[at] ?? 0) & MAGNITUDE;
        const two = (words[at + 1] ?? 0) & MAGNITUDE;
        const three = (words[at + 2] ?? 0) & MAGNITUDE;
        const four = (words[at + 3] ?? 0) & MAGNITUDE;
        if (one > a)
            a = one;
        if (two > b)
            b = two;
        if (three > c)
            c = three;
        if (four > d)
            d = four;
    }
    for (let at = inFours; at < words.length; at++)
        a = Math.max(a, (words[at] ?? 0) & MAGNITUDE);
    const bits = Math.max(a, b, c, d);
    return bits >= INFINITE_F32 ? NaN : fromFloat32(bits);
}
const MAGNITUDES = 0x7fff_7fff;
const SIGNS = 0x8000_8000 | 0;
const LOWER_MAGNITUDE = 0x7fff;
function largest16(bytes) {
    const words = kernels_wordsOf(bytes);
    const inFours = words.length & ~3;
    let most = SIGNS;
    for (let at = 0; at < inFours; at += 4) {
        const one = (words[at] ?? 0) & MAGNITUDES;
        const two = (words[at + 1] ?? 0) & MAGNITUDES;
        const three = (words[at + 2] ?? 0) & MAGNITUDES;
        const four = (words[at + 3] ?? 0) & MAGNITUDES;
        const kept = (most - one) & (most - two) & (most - three) & (most - four);
        if ((kept & SIGNS) === SIGNS)
            continue;
        most = largerOf(largerOf(most, one), largerOf(largerOf(two, three), four));
    }
    let bits = Math.max((most >> 16) & LOWER_MAGNITUDE, most & LOWER_MAGNITUDE);
    for (let at = inFours * 4; at + 1 < bytes.length; at += 2) {
        const first = bytes[at] ?? 0;
        const second = bytes[at + 1] ?? 0;
        const [low, high] = HOST_IS_LITTLE ? [first, second] : [second, first];
        bits = Math.max(bits, ((high & 0x7f) << 8) | low);
    }
    return bits;
}
function largerOf(left, right) {
    const upper = Math.max((left >> 16) & LOWER_MAGNITUDE, (right >> 16) & LOWER_MAGNITUDE);
    const lower = Math.max(left & LOWER_MAGNITUDE, right & LOWER_MAGNITUDE);
    return (upper << 16) | lower | SIGNS;
}
const HOST_IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
function largestF64(bytes) {
    const numbers = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length >> 3);
    const inTwos = numbers.length & ~1;
    let a = 0;
    let b = 0;
    let lost = 0;
    for (let at = 0; at < inTwos; at += 2) {
        const one = Math.abs(numbers[at] ?? 0);
        const two = Math.abs(numbers[at + 1] ?? 0);
        lost += one * 0 + two * 0;
        if (one > a)
            a = one;
        if (two > b)
            b = two;
    }
    const last = Math.abs(numbers[inTwos] ?? 0);
    lost += last * 0;
    return Number.isNaN(lost) ? NaN : Math.max(a, b, last);
}
function largestByte(table, bytes) {
    const seen = new Uint8Array(table.length);
    const inTwos = bytes.length & ~1;
    for (let at = 0; at < inTwos; at += 2) {
        seen[bytes[at] ?? 0] = 1;
        seen[bytes[at + 1] ?? 0] = 1;
    }
    if (inTwos < bytes.length)
        seen[bytes[inTwos] ?? 0] = 1;
    let largest = 0;
    for (const [byte, magnitude] of table.entries()) {
        if (seen[byte] !== 1)
            continue;
        if (!Number.isFinite(magnitude))
            return NaN;
        if (magnitude > largest)
            largest = magnitude;
    }
    return largest;
}
function largestBy(width, value) {
    return (bytes) => {
        const own = HOST_IS_LITTLE ? bytes : swapped(bytes, width);
        const view = viewOf(own);
        let largest = 0;
        for (let at = 0; at + width <= bytes.length; at += width)
            largest = Math.max(largest, Math.abs(value(view, at)));
        return largest;
    };
}
function viewOf({ buffer, byteOffset, byteLength, }) {
    return new DataView(buffer, byteOffset, byteLength);
}
function swapped(bytes, width) {
    const copy = bytes.slice();
    for (let at = 0; at + width <= copy.length; at += width)
        copy.subarray(at, at + width).reverse();
    return copy;
}
function signed(bits, from) {
    const magnitude = from(bits & 0x7fff);
    return bits > 0x7fff ? -magnitude : magnitude;
}
const FLOAT_16 = { width: 2, parts: 1, perWidth: 1, isFloat: true };
const F32 = {
    width: 4,
    parts: 1,
    perWidth: 1,
    isFloat: true,
    largest: largestF32,
    value: (view, at) => view.getFloat32(at, true),
};
const F64 = {
    width: 8,
    parts: 1,
    perWidth: 1,
    isFloat: true,
    largest: largestF64,
    value: (view, at) => view.getFloat64(at, true),
};
const F16 = {
    ...FLOAT_16,
    largest: (bytes) => {
        const bits = largest16(bytes);
        return bits >= INFINITE_F16 ? NaN : fromHalf(bits);
    },
    value: (view, at) => signed(view.getUint16(at, true), fromHalf),
};
const BF16 = {
    ...FLOAT_16,
    largest: (bytes) => {
        const bits = largest16(bytes);
        return bits >= INFINITE_BF16 ? NaN : fromBfloat16(bits);
    },
    value: (view, at) => signed(view.getUint16(at, true), fromBfloat16),
};
const INTEGERS = {
    I16: [2, (view, at) => view.getInt16(at, true)],
    U16: [2, (view, at) => view.getUint16(at, true)],
    I32: [4, (view, at) => view.getInt32(at, true)],
    U32: [4, (view, at) => view.getUint32(at, true)],
    I64: [8, (view, at) => Number(view.getBigInt64(at, true))],
    U64: [8, (view, at) => Number(view.getBigUint64(at, true))],
};
const kernels_KERNELS = new Map([
    ['F64', F64],
    ['F32', F32],
    ['F16', F16],
    ['BF16', BF16],
    ['C32', { ...F16, parts: 2 }],
    ['C64', { ...F32, parts: 2 }],
    ['C128', { ...F64, parts: 2 }],
    ...Object.entries(INTEGERS).map(([dtype, [width, value]]) => [
        dtype,
        {
            width,
            parts: 1,
            perWidth: 1,
            isFloat: false,
            largest: largestBy(width, value),
            value,
        },
    ]),
    ...[...BYTE_DTYPES].map((dtype) => [
        dtype,
        byteKernel(dtype),
    ]),
]);
function byteKernel(dtype) {
    let table = null;
    return {
        width: 1,
        parts: 1,
        perWidth: dtype === 'F4' ? 2 : 1,
        isFloat: dtype.startsWith('F'),
        largest: (bytes) => {
            table ??= byteTableOf(dtype);
            return largestByte(table, bytes);
        },
        value: (view, at) => byteValue(dtype, view.getUint8(at)),
    };
}
function kernelOf(dtype) {
    return kernels_KERNELS.get(dtype) ?? null;
}

;// CONCATENATED MODULE: ./lib/core/values/placed.js
function countElements(shape) {
    return shape.reduce((product, size) => product * size, 1);
}
function bytesFor({ width, parts, perWidth }, elements) {
    return Math.ceil((elements * width * parts) / perWidth);
}
function contiguousStrides(shape) {
    let stride = 1;
    return shape
        .toReversed()
        .map((size) => {
        const own = stride;
        stride *= size;
        return own;
    })
        .toReversed();
}
function dimensionsOf(shape, strides) {
    return shape
        .map((size, at) => ({ at, size, stride: strides[at] ?? 0 }))
        .filter(({ size }) => size > 1)
        .sort((left, right) => right.stride - left.stride);
}
function isDense(shape, strides) {
    let expected = 1;
    for (const { size, stride } of dimensionsOf(shape, strides).toReversed()) {
        if (stride !== expected)
            return false;
        expected *= size;
    }
    return true;
}
function placed_placeOf(index, shape, strides) {
    const place = shape.map(() => 0);
    let rest = index;
    for (const { at, stride } of dimensionsOf(shape, strides)) {
        place[at] = Math.floor(rest / stride);
        rest %= stride;
    }
    return place;
}

;// CONCATENATED MODULE: ./lib/core/values/scan-tensor.js


const PAGE_START = 0x811c9dc5 | 0;
const ZERO_PAGE = zeroPage();
function zeroPage() {
    let page = PAGE_START;
    for (let at = 0; at < limits/* VALUE_PAGE */.gz.bytes; at += limits/* VALUE_PAGE */.gz.stride)
        page = Math.imul(page, 0x01000193);
    return page;
}
function scanTensor(kernel, order, totalBytes) {
    return new Scan(kernel, order, totalBytes);
}
class Scan {
    #kernel;
    #order;
    #unit;
    #stride;
    #partial = null;
    #partialBytes = 0;
    #bytes = 0;
    #numbers = 0;
    #nan = 0;
    #infinite = 0;
    #firstBad = null;
    #largest = 0;
    #first = null;
    #isConstant = true;
    #isPaired = true;
    #unpaired = null;
    #afterNonZero = 0;
    #nextSample = 0;
    #nextOfPage = 0;
    #page = PAGE_START;
    #pageBefore = null;
    #repeatedPages = 0;
    #low = 0x811c9dc5 | 0;
    #high = 0x9747b28c | 0;
    constructor(kernel, order, totalBytes) {
        this.#kernel = kernel;
        this.#order = order;
        this.#unit = kernel.width * kernel.parts;
        this.#stride =
            totalBytes > limits/* VALUE_DIGEST */.v0.wholeBytes ? limits/* VALUE_DIGEST */.v0.stride : 1;
    }
    feed(piece) {
        const bytes = piece.constructor === Uint8Array
            ? piece
            : new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
        this.#sample(bytes);
        this.#markZeros(bytes);
        this.#markPages(bytes);
        this.#bytes += bytes.length;
        let from = 0;
        if (this.#partial !== null && this.#partialBytes > 0) {
            const missing = this.#unit - this.#partialBytes;
            const part = bytes.subarray(0, missing);
            this.#partial.set(part, this.#partialBytes);
            this.#partialBytes += part.length;
            from = part.length;
            if (this.#partialBytes < this.#unit)
                return;
            this.#partialBytes = 0;
            this.#take(this.#partial.slice());
        }
        const whole = bytes.length - ((bytes.length - from) % this.#unit);
        if (whole > from) {
            const isAll = from === 0 && whole === bytes.length;
            this.#takeAligned(isAll ? bytes : bytes.subarray(from, whole));
        }
        if (whole === bytes.length)
            return;
        this.#partial ??= new Uint8Array(this.#unit);
        this.#partial.set(bytes.subarray(whole));
        this.#partialBytes = bytes.length - whole;
    }
    finish() {
        const bad = this.#nan + this.#infinite;
        return {
            nan: this.#nan,
            infinite: this.#infinite,
            firstBad: this.#firstBad,
            largest: this.#largest,
            constant: bad === 0 ? this.#constant() : null,
            isPaired: this.#isPaired && this.#unpaired === null && this.#first !== null,
            repeatedPages: this.#repeatedPages,
            zeroTailBytes: this.#bytes - this.#afterNonZero,
            digest: (this.#low >>> 0) * 2 ** 21 + (this.#high >>> 11),
        };
    }
    #constant() {
        if (this.#first === null)
            return null;
        if (this.#largest === 0)
            return 0;
        if (!this.#isConstant)
            return null;
        const value = this.#kernel.value(viewOf(this.#first), 0);
        return Number.isNaN(value) ? null : value;
    }
    #takeAligned(bytes) {
        const isOrdered = (this.#order === 'little') === HOST_IS_LITTLE;
        if (isOrdered && bytes.byteOffset % 8 === 0)
            return this.#take(bytes);
        for (let at = 0; at < bytes.length; at += limits/* VALUE_BLOCK_BYTES */.q2) {
            const block = bytes.slice(at, at + limits/* VALUE_BLOCK_BYTES */.q2);
            this.#take(block);
        }
    }
    #take(bytes) {
        const { width, largest } = this.#kernel;
        const isOrdered = (this.#order === 'little') === HOST_IS_LITTLE;
        const own = isOrdered ? bytes : swapped(bytes, width);
        const found = largest(own);
        if (Number.isNaN(found))
            this.#count(bytes);
        else if (found > this.#largest)
            this.#largest = found;
        this.#numbers += bytes.length / width;
        if (this.#isPaired)
            this.#pair(bytes);
        this.#first ??= this.#littleEndian(bytes.slice(0, this.#unit));
        if (this.#isConstant && this.#largest !== 0)
            this.#isConstant = scan_tensor_isRepeated(this.#littleEndian(bytes), this.#first);
    }
    #pair(bytes) {
        const unit = this.#unit;
        let at = this.#unpaired === null ? 0 : unit;
        if (this.#unpaired !== null)
            this.#isPaired = scan_tensor_isRepeated(bytes.subarray(0, unit), this.#unpaired);
        for (; this.#isPaired && at + 2 * unit <= bytes.length; at += 2 * unit)
            for (let byte = at; byte < at + unit; byte++)
                if (bytes[byte] !== bytes[byte + unit])
                    this.#isPaired = false;
        this.#unpaired = at < bytes.length ? bytes.slice(at, at + unit) : null;
    }
    #littleEndian(bytes) {
        return this.#order === 'little'
            ? bytes
            : swapped(bytes, this.#kernel.width);
    }
    #count(bytes) {
        const { width, value, parts } = this.#kernel;
        const view = viewOf(this.#littleEndian(bytes));
        for (let at = 0; at < bytes.length; at += width) {
            const number = value(view, at);
            if (Number.isFinite(number)) {
                this.#largest = Math.max(this.#largest, Math.abs(number));
                continue;
            }
            if (Number.isNaN(number))
                this.#nan++;
            else
                this.#infinite++;
            this.#firstBad ??= Math.floor((this.#numbers + at / width) / parts);
        }
    }
    #markZeros(bytes) {
        let end = bytes.length;
        while (end > 0 && bytes[end - 1] === 0)
            end--;
        if (end > 0)
            this.#afterNonZero = this.#bytes + end;
    }
    #markPages(bytes) {
        const { stride, bytes: pageBytes } = limits/* VALUE_PAGE */.gz;
        let at = this.#nextOfPage - this.#bytes;
        let within = this.#nextOfPage % pageBytes;
        let page = this.#page;
        while (at < bytes.length) {
            page = Math.imul(page ^ (bytes[at] ?? 0), 0x01000193);
            at += stride;
            within += stride;
            if (within < pageBytes)
                continue;
            at += pageBytes - within;
            within = 0;
            if (page === this.#pageBefore && page !== ZERO_PAGE)
                this.#repeatedPages++;
            this.#pageBefore = page;
            page = PAGE_START;
        }
        this.#page = page;
        this.#nextOfPage = at + this.#bytes;
    }
    #sample(bytes) {
        let low = this.#low;
        let high = this.#high;
        let at = this.#nextSample;
        for (; at < bytes.length; at += this.#stride) {
            const byte = bytes[at] ?? 0;
            low = Math.imul(low ^ byte, 0x01000193);
            high = Math.imul(high ^ byte, 0x85ebca6b) ^ (high >>> 15);
        }
        this.#nextSample = at - bytes.length;
        this.#low = low;
        this.#high = high;
    }
}
function scan_tensor_isRepeated(bytes, pattern) {
    const mask = pattern.length - 1;
    for (let at = 0; at < bytes.length; at++)
        if (bytes[at] !== pattern[at & mask])
            return false;
    return true;
}

;// CONCATENATED MODULE: ./lib/core/values/scan-spans.js

function scanOf(spans, order) {
    const found = Array.from({ length: spans.length });
    const waiting = scan_spans_inOrder(spans);
    let next = 0;
    let open = [];
    const take = (chunk, at) => {
        const after = at + chunk.length;
        const feed = ({ span, index, scan }) => {
            scan.feed(chunk.subarray(Math.max(span.begin - at, 0), span.end - at));
            if (span.end > after)
                return true;
            found[index] = scan.finish();
            return false;
        };
        open = open.filter(feed);
        for (; next < waiting.length; next++) {
            const index = waiting[next] ?? 0;
            const span = spans[index];
            if (span === undefined || span.begin >= after)
                break;
            const { kernel, begin, end } = span;
            const one = { span, index, scan: scanTensor(kernel, order, end - begin) };
            if (feed(one))
                open.push(one);
        }
    };
    return {
        ranges: regionsOf(spans, waiting),
        feed: take,
        finish: () => spans.map((one, at) => found[at] ?? scanTensor(one.kernel, order, 0).finish()),
    };
}
function scan_spans_inOrder(spans) {
    const beginOf = (at) => spans[at]?.begin ?? 0;
    const endOf = (at) => spans[at]?.end ?? 0;
    return Uint32Array.from(spans, (_span, at) => at).sort((left, right) => beginOf(left) - beginOf(right) || endOf(left) - endOf(right));
}
function regionsOf(spans, ordered) {
    const regions = [];
    for (const index of ordered) {
        const { begin, end } = spans[index] ?? { begin: 0, end: 0 };
        if (begin === end)
            continue;
        const last = regions.at(-1);
        if (last && begin <= last[1])
            last[1] = Math.max(last[1], end);
        else
            regions.push([begin, end]);
    }
    return regions;
}

;// CONCATENATED MODULE: ./lib/core/values/read-values.js





async function readScan(reader, { ranges, feed, finish }) {
    await (0,bytes_reader/* scanRanges */.w0)(reader, ranges, feed);
    return finish();
}
function valuesScan(fileBytes, placed, order) {
    const unexamined = [];
    const taken = [];
    const spans = [];
    let budget = fileBytes * limits/* VALUE_SHARED_MAX */.t5;
    for (const tensor of placed) {
        const span = read_values_spanOf(tensor, fileBytes);
        const isWithin = typeof span !== 'string' && span.end - span.begin <= budget;
        if (typeof span === 'string')
            unexamined.push({ name: tensor.name, reason: span });
        else if (isWithin) {
            budget -= span.end - span.begin;
            taken.push(tensor);
            spans.push(span);
        }
        else
            unexamined.push({
                name: tensor.name,
                reason: 'more tensors share its storage than are looked at',
            });
    }
    const { ranges, feed, finish } = scanOf(spans, order);
    const finishAll = () => {
        const scans = finish();
        const tensors = taken.flatMap((tensor, at) => {
            const span = spans[at];
            const scanned = scans[at];
            return span && scanned ? [valuesOf(tensor, span, scanned)] : [];
        });
        return {
            tensors: tensors.sort((left, right) => left.begin - right.begin),
            unexamined,
        };
    };
    return { ranges, feed, finish: finishAll };
}
function read_values_spanOf(tensor, fileBytes) {
    const { dtype, shape, strides, hidden, origin, offset } = tensor;
    if (hidden !== null)
        return hidden;
    const kernel = dtype === null ? null : kernelOf(dtype);
    if (kernel === null)
        return `numbers of the type ${dtype ?? 'unknown'} are not looked at`;
    if (strides !== null && !isDense(shape, strides))
        return 'it is a view with gaps or repeats of its storage';
    const begin = origin + bytesFor(kernel, offset);
    const end = begin + bytesFor(kernel, countElements(shape));
    return end <= fileBytes ? { kernel, begin, end } : 'it ends beyond the file';
}
function valuesOf({ name, dtype, shape, strides }, { kernel, begin, end }, scanned) {
    const { firstBad } = scanned;
    const placeIn = (at) => placed_placeOf(at, shape, strides ?? contiguousStrides(shape));
    return {
        nan: scanned.nan,
        infinite: scanned.infinite,
        firstBad,
        largest: scanned.largest,
        constant: scanned.constant,
        isPaired: scanned.isPaired,
        repeatedPages: scanned.repeatedPages,
        zeroTailBytes: scanned.zeroTailBytes,
        digest: scanned.digest,
        name,
        dtype: dtype ?? '',
        shape,
        isFloat: kernel.isFloat,
        elements: countElements(shape),
        firstPlace: firstBad === null ? null : placeIn(firstBad),
        begin,
        end,
    };
}

;// CONCATENATED MODULE: ./lib/core/values/safetensors-values.js
const safetensors_values_LENGTH_BYTES = 8;
function placeSafetensors({ headerBytes, tensors, }) {
    return tensors.map(({ name, dtype, shape, begin }) => ({
        name,
        dtype,
        shape,
        origin: safetensors_values_LENGTH_BYTES + headerBytes + begin,
        offset: 0,
        strides: null,
        hidden: null,
    }));
}

;// CONCATENATED MODULE: ./lib/core/values/torch-values.js


const NOT_THERE = 'its storage is not in the file';
async function placeTorch(reader, zip, { tensors, inner, storagesAt }) {
    const origins = new Map();
    const placed = [];
    const find = (key) => zip === null
        ? Promise.resolve(storagesAt?.get(key)?.offset ?? NOT_THERE)
        : originOf(reader, zip, key);
    for (const { name, dtype, shape, storage } of [...tensors, ...inner]) {
        if (storage === null)
            continue;
        const { key, offset, strides } = storage;
        const origin = origins.get(key) ?? (await find(key));
        origins.set(key, origin);
        const isPlaced = typeof origin === 'number';
        placed.push({
            name,
            dtype,
            shape,
            origin: isPlaced ? origin : 0,
            offset,
            strides,
            hidden: isPlaced ? null : origin,
        });
    }
    return placed;
}
async function originOf(reader, zip, key) {
    const entry = findTorchRecord(zip, `data/${key}`);
    if (entry === undefined)
        return NOT_THERE;
    if (entry.method !== 0)
        return 'its storage is compressed';
    const offset = await readContentOffset(reader, entry);
    return offset.ok
        ? offset.value
        : 'its storage could not be found in the archive';
}

;// CONCATENATED MODULE: ./lib/core/layout/values-in.js



async function findScanIn(reader, facts) {
    const { kind } = await facts.content();
    if (kind === 'torch-legacy') {
        const state = await facts.torchState();
        if (!state?.ok || state.value.unknown !== null)
            return null;
        return valuesScan(reader.size, await placeTorch(reader, null, state.value), 'little');
    }
    if (kind !== 'zip') {
        const header = await facts.safetensors();
        return header.ok
            ? valuesScan(reader.size, placeSafetensors(header.value), 'little')
            : null;
    }
    const zip = await facts.torchZip();
    const state = await facts.torchState();
    if (!zip.ok || !state?.ok || state.value.unknown !== null)
        return null;
    const { byteOrder } = zip.value;
    if (byteOrder === null)
        return null;
    const placed = await placeTorch(reader, zip.value, state.value);
    return valuesScan(reader.size, placed, byteOrder);
}

;// CONCATENATED MODULE: ./lib/core/layout/value-facts.js






function valueFacts(known, { sizeBytes, crc32, read }) {
    let swept = null;
    const valuesIn = async (reader) => {
        const scan = await findScanIn(reader, known);
        return scan && readScan(reader, scan);
    };
    const sumsIn = async (reader) => {
        const { kind } = await known.content();
        const zip = kind === 'zip' ? await known.torchZip() : null;
        return zip?.ok ? checkTorchSums(reader, zip.value, crc32) : null;
    };
    const sweepHeld = () => {
        const held = new Uint8Array(sizeBytes);
        return {
            feed: (piece, at) => {
                held.set(piece, at);
            },
            end: async () => {
                const reader = heldReader(held);
                swept = { values: await valuesIn(reader), sums: await sumsIn(reader) };
            },
        };
    };
    const sweeper = async () => {
        const { kind } = await known.content();
        if (kind === 'zip' || kind === 'torch-legacy')
            return sizeBytes <= limits/* SWEPT_TORCH_MAX_BYTES */.cs ? sweepHeld() : null;
        const scan = await read((reader) => findScanIn(reader, known));
        if (scan === null)
            return null;
        const { feed, finish } = scan;
        return {
            feed,
            end: () => {
                swept = { values: finish(), sums: null };
            },
        };
    };
    return {
        values: memoise(async () => (swept ? swept.values : read(valuesIn))),
        torchSums: async () => (swept ? swept.sums : read(sumsIn)),
        sweeper,
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/file-facts.js















function fileFacts(source, entry, shared) {
    return new ListedFile(source, entry, shared);
}
class ListedFile {
    #source;
    #entry;
    #shared;
    #facts = null;
    constructor(source, entry, shared) {
        this.#source = source;
        this.#entry = entry;
        this.#shared = shared;
    }
    get path() {
        return showPath(this.#source, this.#entry.path);
    }
    get name() {
        return tree_nameOf(this.#entry.path || this.#source.label);
    }
    get entryPath() {
        return this.#entry.path;
    }
    get sizeBytes() {
        return this.#entry.sizeBytes;
    }
    get crc32() {
        return this.#entry.crc32 ?? null;
    }
    content() {
        return this.#read().content();
    }
    safetensors() {
        return this.#read().safetensors();
    }
    tensorCount() {
        return this.#read().tensorCount();
    }
    tensorNames() {
        return this.#read().tensorNames();
    }
    torchZip() {
        return this.#read().torchZip();
    }
    torchState() {
        return this.#read().torchState();
    }
    torchSums() {
        return this.#read().torchSums();
    }
    torchSalvage() {
        return withReader(this.#source, this.#entry, salvageTorchZip);
    }
    values() {
        return this.#read().values();
    }
    sweeper() {
        return this.#read().sweeper();
    }
    read(use) {
        return withReader(this.#source, this.#entry, use);
    }
    json() {
        return this.#read().json();
    }
    headText() {
        return this.#read().headText();
    }
    forget() {
        this.#facts?.forget();
        this.#facts = null;
    }
    #read() {
        return (this.#facts ??= factsOf(this.#source, this.#entry, this.#shared));
    }
}
function factsOf(source, entry, shared) {
    const head = memoise(() => withReader(source, entry, readHead));
    const withHead = async (use) => {
        const first = await head();
        const reader = reopening(first, () => file_facts_open(source, entry));
        try {
            return await use(reader, first.bytes);
        }
        finally {
            await reader.close();
        }
    };
    const content = memoise(() => withHead((reader, bytes) => recognise(bytes, reader)));
    const header = headerFacts(shared, (recall) => withHead((reader, bytes) => readSafetensors(reader, bytes, recall)));
    const torchZip = memoise(() => withReader(source, entry, readTorchZip));
    const torchState = shared.shelf(async (takes) => {
        const { kind } = await content();
        if (kind === 'torch-legacy') {
            takes(Math.min(entry.sizeBytes, limits/* PICKLE_MAX_BYTES */.GD));
            return withReader(source, entry, readTorchLegacy);
        }
        const zip = kind === 'zip' ? await torchZip() : null;
        if (!zip?.ok)
            return null;
        takes(zip.value.pickle.sizeBytes);
        return withReader(source, entry, (reader) => readTorchState(reader, zip.value));
    });
    const known = {
        content,
        safetensors: header.safetensors,
        torchZip,
        torchState,
    };
    return {
        ...known,
        ...valueFacts(known, {
            sizeBytes: entry.sizeBytes,
            crc32: source.crc32 ?? crc32/* crc32 */.Q,
            read: withHead,
        }),
        tensorCount: header.tensorCount,
        tensorNames: () => withHead(readTensorNames),
        json: memoise(() => withReader(source, entry, readJson)),
        headText: async () => new TextDecoder().decode((await head()).bytes),
        forget: () => {
            header.forget();
            torchState.forget();
        },
    };
}
async function file_facts_open(source, entry) {
    if (entry.kind === 'file')
        return source.open(entry.path);
    throw new bytes_reader/* SourceError */.c8(entry.kind === 'symlink' ? 'LINK' : 'NOT_A_FILE', entry.reason ?? 'it is not a file');
}
async function withReader(source, entry, use) {
    const reader = await file_facts_open(source, entry);
    try {
        return await use(reader);
    }
    finally {
        await reader.close();
    }
}

;// CONCATENATED MODULE: ./lib/core/layout/contents.js


const contents_NOTHING = {
    adapters: [],
    model: null,
    loose: [],
    looseConfig: null,
};
function notExamined(producer, reason) {
    return { ...contents_NOTHING, producer, holds: 'unknown', unexamined: reason };
}
function examined(producer, holds) {
    return { ...contents_NOTHING, producer, holds, unexamined: null };
}
function producerContents(walk, folder, written, model) {
    const { name: producer, holds, weights, config, saves } = written;
    if (weights === undefined || holds === 'shards')
        return { ...contents_NOTHING, producer, holds, written, ...unread(written) };
    const loose = looseFiles(walk, folder, weights);
    const own = written.usesModelNames ? model : null;
    const hasOwn = loose.length > 0 || (own !== null && contents_hasWeights(own));
    if (!hasOwn && !saves && findBelow(folder, isWeightsLikeName) !== null)
        return { ...remains(folder), producer, written, isWrapper: true };
    return {
        ...contents_NOTHING,
        producer,
        holds: hasOwn || saves ? holds : 'nothing',
        written,
        model: own !== null && contents_hasWeights(own) ? bare(own) : null,
        loose,
        looseConfig: config === undefined ? null : walk.factsOf(folder, config),
        unexamined: null,
    };
}
function unread({ name, holds }) {
    return {
        unexamined: holds === 'shards'
            ? `${name} shards: convert them before use`
            : `written by ${name}: this version does not examine such folders`,
    };
}
function bare(model) {
    return { ...model, needsConfig: false };
}
function looseFiles(walk, folder, weights) {
    return weights([...folder.files.keys()]).flatMap((name) => {
        const file = walk.factsOf(folder, name);
        return file === null ? [] : [{ file, format: formatOf(name) }];
    });
}
function contents_hasWeights(model) {
    return (model.single !== null ||
        model.indexFile !== null ||
        model.looseShards.length > 0);
}
function remains(folder) {
    const unknown = findBelow(folder, isPerhapsWeightsName);
    if (unknown === null)
        return { ...examined('unknown', 'nothing'), isWrapper: true };
    const reason = `${unknown} may hold weights, but no loader that is known here looks for that name`;
    return {
        ...notExamined('unknown', reason),
        isWrapper: unknown.includes('/'),
    };
}
function findBelow(folder, isWanted) {
    for (const name of folder.files.keys())
        if (isWanted(name))
            return name;
    for (const below of folder.folders.values()) {
        const inside = findBelow(below, isWanted);
        if (inside !== null)
            return `${below.name}/${inside}`;
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/core/layout/producers.js



const hasFolder = (folder, pattern) => [...folder.folders.keys()].some((name) => pattern.test(name));
const firstOf = (...wanted) => (names) => wanted.filter((name) => names.includes(name)).slice(0, 1);
const allLike = (pattern) => (names) => names.filter((name) => pattern.test(name));
const MLX_SAVE = /^\d{7}_adapters\.safetensors$/;
const FSDP_RANK = /^pytorch_model_fsdp(?:_\d+)?_rank\d+\.bin$/;
const FSDP_FOLDER = /^(?:pytorch_model_fsdp|optimizer)_\d+$/;
const PRODUCERS = [
    {
        name: 'MLX',
        holds: 'adapter',
        weights: firstOf('adapters.safetensors'),
        config: ADAPTER_CONFIG,
        saves: MLX_SAVE,
        matches: (folder) => folder.files.has('adapters.safetensors') || hasFile(folder, MLX_SAVE),
    },
    {
        name: 'diffusers LoRA',
        holds: 'adapter',
        weights: firstOf('pytorch_lora_weights.safetensors', 'pytorch_lora_weights.bin'),
        matches: (folder) => hasFile(folder, /^pytorch_lora_weights\.(?:safetensors|bin)$/),
    },
    {
        name: 'diffusers',
        holds: 'model',
        parts: /^(?!checkpoint-)/,
        matches: (folder) => hasFile(folder, /^(?:model_index\.json|diffusion_pytorch_model[\w.-]*)$/),
    },
    {
        name: 'torchtune',
        holds: 'adapter',
        matches: (folder) => hasFile(folder, /^adapter_model\.pt$/),
    },
    {
        name: 'NeMo',
        holds: 'shards',
        parts: /^(?:weights|context)$/,
        matches: (folder) => folder.folders.has('weights') && folder.folders.has('context'),
    },
    {
        name: 'Megatron-LM',
        holds: 'shards',
        matches: (folder) => /^(?:iter_\d{7}|release)$/.test(folder.name) &&
            (hasFolder(folder, /^mp_rank_\d{2}/) || isDcpFolder(folder)),
    },
    {
        name: 'Lightning',
        holds: 'shards',
        parts: /^checkpoint$/,
        matches: (folder) => folder.name.endsWith('.ckpt') && !folder.files.has(''),
    },
    {
        name: 'DeepSpeed ZeRO',
        holds: 'shards',
        parts: /^pytorch_model$/,
        matches: (folder) => isZeroTag(folder) || ownsZeroTags(folder),
    },
    {
        name: 'FSDP',
        holds: 'model',
        weights: allLike(FSDP_WHOLE_MODEL),
        matches: (folder) => hasFile(folder, FSDP_WHOLE_MODEL),
    },
    {
        name: 'FSDP',
        holds: 'shards',
        matches: (folder) => hasFolder(folder, FSDP_FOLDER) || hasFile(folder, FSDP_RANK),
    },
    { name: 'torch DCP', holds: 'shards', matches: isDcpFolder },
    {
        name: 'kohya state',
        holds: 'adapter',
        usesModelNames: true,
        weights: () => [],
        matches: (folder) => folder.files.has('train_state.json') && isAccelerates(folder),
    },
    {
        name: 'accelerate',
        holds: 'model',
        usesModelNames: true,
        weights: allLike(/^(?:model|pytorch_model)_\d+\.(?:safetensors|bin)$/),
        matches: (folder) => !isTrainers(folder) && isAccelerates(folder),
    },
    {
        name: 'Llama or Mistral (consolidated)',
        holds: 'model',
        matches: (folder) => hasFile(folder, /^consolidated(?:\.\d+)?\.(?:pth|pt|safetensors)$/),
    },
];
function ownsZeroTags(folder) {
    const isCheckpoint = isStepFolderName(folder.name) ||
        isTrainers(folder) ||
        isAccelerates(folder);
    if (!isCheckpoint)
        return false;
    return (folder.files.has('zero_to_fp32.py') ||
        [...folder.folders.values()].some(isZeroTag));
}
function isTrainers(folder) {
    return folder.telling.some(isTrainerStateName);
}
function isAccelerates(folder) {
    return (hasFile(folder, ACCELERATE_RANDOM_STATES) ||
        (folder.files.has(ACCELERATE_OPTIMIZER) &&
            (folder.files.has(MODEL_SAFETENSORS) || folder.files.has(MODEL_BIN))));
}
const PART_FOLDER = /^(?:global_step\d+|pytorch_model_fsdp_\d+|optimizer_\d+|mp_rank_\d{2}.*|offloaded_tensors)$/;
function isPartFolderName(name) {
    return PART_FOLDER.test(name);
}
function findProducer(folder) {
    return PRODUCERS.find((producer) => producer.matches(folder)) ?? null;
}
const producers_TRAINERS = [
    { name: 'ms-swift', own: 'args.json', above: 'logging.jsonl' },
    { name: 'axolotl', own: 'tokens_state.json', above: null },
    { name: 'LLaMA-Factory', own: null, above: 'trainer_log.jsonl' },
];
function findTrainer(folder, above) {
    const hasAbove = (name) => folder.files.has(name) || above?.files.has(name);
    const found = producers_TRAINERS.find(({ own, above: log }) => (own === null || folder.files.has(own)) &&
        (log === null || hasAbove(log)));
    if (found)
        return found.name;
    return isTrainers(folder) ? 'transformers Trainer' : null;
}

;// CONCATENATED MODULE: ./lib/core/layout/folder-checkpoint.js






function folderCheckpoint(walk, folder, around) {
    const isRunRoot = !isCheckpointFolderName(folder.name) && hasStepFolders(folder);
    const contents = contentsOf(walk, folder, isRunRoot);
    if (contents === null)
        return null;
    const { written, isWrapper, ...holding } = contents;
    return {
        ...holding,
        producer: written
            ? holding.producer
            : (findTrainer(folder, around.above) ?? holding.producer),
        run: runOf(folder, around),
        medium: walk.source,
        path: folder.shown,
        name: folder.name,
        step: around.stepFolder?.step ?? newestSave(folder, written?.saves ?? null),
        isFinal: written?.saves !== undefined,
        isStepFolder: isCheckpointFolderName(folder.name),
        isRunRoot,
        folder,
        fileNamed: (name) => walk.factsOf(folder, name),
        sharded: findShardedState(folder, around.above, walk.factsOf),
        trainerState: walk.stateIn(walk.factsOf(folder, TRAINER_STATE)),
        isInitial: isInitialFolderName(folder.name),
        isWrapper: isWrapper ?? false,
        claimed: claimedBy(folder, contents),
        saves: written?.saves ?? null,
    };
}
function newestSave(folder, saves) {
    if (saves === null)
        return null;
    const steps = [...folder.files.keys()]
        .filter((name) => saves.test(name))
        .map((name) => stepInFileName(name) ?? 0);
    return steps.length === 0
        ? null
        : steps.reduce((max, step) => Math.max(max, step), 0);
}
function claimedBy(folder, { adapters, written }) {
    const partFolders = [...folder.folders.values()].filter(({ name }) => isPartFolderName(name) ||
        written?.parts?.test(name) === true ||
        (folder.files.has('modules.json') && /^\d+_/.test(name)));
    return new Set([
        ...adapters.map(({ path }) => path),
        ...partFolders.map(({ shown }) => shown),
    ]);
}
function runOf(folder, { above, stepFolder }) {
    if (stepFolder !== null)
        return stepFolder.run;
    if (above !== null && isZeroTag(folder))
        return above.shown;
    return above !== null && hasStepFolders(above) ? above.shown : folder.shown;
}
const STEP_PARENTS = new WeakMap();
function hasStepFolders(folder) {
    const known = STEP_PARENTS.get(folder);
    if (known !== undefined)
        return known;
    const found = [...folder.folders.keys()].some(isStepFolderName);
    STEP_PARENTS.set(folder, found);
    return found;
}
function contentsOf(walk, folder, isRunRoot) {
    const isStep = isCheckpointFolderName(folder.name);
    if (folder.unlisted !== null)
        return isStep ? notExamined('unknown', folder.unlisted.reason) : null;
    const adapters = findAdapterSets(folder, walk.factsOf);
    const model = findModelSet(folder, walk.factsOf);
    const producer = findProducer(folder);
    if (producer !== null && isOfProducer(producer, adapters, model))
        return producerContents(walk, folder, producer, model);
    if (adapters.length > 0)
        return adapterContents(adapters, model);
    if (model !== null && (contents_hasWeights(model) || !isRunRoot))
        return { ...examined('transformers', 'model'), model };
    return isStep || isKilledSave(folder) ? remains(folder) : null;
}
function isOfProducer(producer, adapters, model) {
    if (adapters.some(({ weights }) => weights !== null))
        return false;
    if (producer.usesModelNames)
        return true;
    return model === null || !contents_hasWeights(model);
}
function adapterContents(adapters, model) {
    return {
        ...examined('PEFT', 'adapter'),
        adapters,
        model: model !== null && contents_hasWeights(model) ? model : null,
    };
}
function isKilledSave(folder) {
    const names = [...folder.files.keys()];
    return (names.some((name) => SAFETENSORS_TEMPORARY.test(name)) &&
        names.some((name) => name === 'README.md' || name === 'config.json'));
}

;// CONCATENATED MODULE: ./lib/core/layout/lone-files.js





const KOHYA_KEY = /^lora_(?:unet|te\d?|transformer)_/;
const ADAPTER_KEY = /\.lora_(?:A|B|embedding_A|embedding_B|down|up)\b/;
const CKPT_CONTENTS = [
    'zip',
    'torch-legacy',
    'empty',
    'zero-filled',
    'lfs-pointer',
    'html',
];
async function findLoneFiles(walk, folder, around) {
    const { source } = walk;
    const run = around.stepFolder?.run ??
        (source.root === 'file' ? parentIn(source, '') : folder.shown);
    const series = new Map();
    const strangers = [];
    const own = [];
    for (const file of weightsLikeFiles(walk, folder)) {
        const found = await findOrPassOver(walk, file);
        if (found === 'unread')
            continue;
        if (found === null)
            strangers.push(file);
        else {
            series.set(seriesOf(file.name), found);
            own.push(fileCheckpoint(walk, file, { ...around, run }, found));
        }
    }
    for (const file of strangers) {
        const kin = await findKin(file, series);
        if (kin === null)
            passOver(walk, file, UNKNOWN_NAME);
        else
            own.push(fileCheckpoint(walk, file, { ...around, run }, kin));
    }
    for (const one of withFinalSteps(own))
        walk.checkpoints.push(one);
}
function withFinalSteps(files) {
    const newest = new Map();
    for (const { name, step, producer } of files)
        if (producer === 'kohya' && step !== null)
            newest.set(seriesOf(name), Math.max(newest.get(seriesOf(name)) ?? 0, step));
    return files.map((one) => {
        const step = one.step ?? newest.get(seriesOf(one.name)) ?? null;
        return step === one.step ? one : { ...one, step, isFinal: true };
    });
}
function findSaves(walk, folder, around, { saves, producer, holds }) {
    for (const file of weightsLikeFiles(walk, folder))
        if (saves?.test(file.name))
            walk.checkpoints.push(fileCheckpoint(walk, file, { stepFolder: around.stepFolder, run: folder.shown }, { producer, holds, format: looseFormat(file.name) }));
}
function weightsLikeFiles(walk, folder) {
    return [...folder.files].flatMap(([name, { kind }]) => {
        const isWanted = isWeightsLikeName(name === '' ? folder.name : name);
        const file = kind === 'file' && isWanted ? walk.factsOf(folder, name) : null;
        return file === null ? [] : [file];
    });
}
async function findOrPassOver(walk, file) {
    try {
        const isNamed = walk.source.root === 'file';
        return await (isNamed ? namedFile(file) : loneFile(file));
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8))
            throw error;
        const lead = 'it could not be read to tell what it is';
        passOver(walk, file, unreadOf(error, lead));
        return 'unread';
    }
}
const UNKNOWN_NAME = {
    cause: 'unsupported',
    reason: 'may hold weights, but no loader that is known here looks for that name',
};
function passOver(walk, { path }, why) {
    walk.unknownWeights.push(path);
    walk.passedOver.push({ where: { path }, ...why });
}
async function namedFile(file) {
    const format = looseFormat(file.name);
    if (format === null)
        return byExtension(file);
    const names = format === 'safetensors' ? await file.tensorNames() : null;
    const byName = file.name.startsWith('adapter_model.')
        ? 'adapter'
        : /^(?:model|pytorch_model)[.-]/.test(file.name)
            ? 'model'
            : null;
    const found = byKeys(names ?? []);
    return {
        producer: found?.producer ?? 'unknown',
        holds: byName ?? found?.holds ?? 'unknown',
        format,
    };
}
function looseFormat(name) {
    if (name.endsWith('.safetensors'))
        return 'safetensors';
    return /\.(?:bin|pt|pth)$/.test(name) ? 'torch' : null;
}
async function loneFile(file) {
    if (!file.name.endsWith('.safetensors'))
        return byExtension(file);
    const names = await file.tensorNames();
    return names === null ? null : byKeys(names);
}
async function byExtension(file) {
    if (file.name.endsWith('.gguf'))
        return unexamined('GGUF');
    if (!file.name.endsWith('.ckpt'))
        return null;
    const { kind } = await file.content();
    if (isLightningName(file.name))
        return { producer: 'Lightning', holds: 'model', format: 'torch' };
    if (kind === 'zip' && (await isLightnings(file)))
        return { producer: 'Lightning', holds: 'model', format: 'torch' };
    return CKPT_CONTENTS.includes(kind)
        ? { producer: 'unknown', holds: 'model', format: 'torch' }
        : unexamined('.ckpt');
}
async function isLightnings(file) {
    try {
        return (await readLightning(file)) !== null;
    }
    catch (error) {
        if (error instanceof bytes_reader/* SourceError */.c8)
            return false;
        throw error;
    }
}
function byKeys(names) {
    const adapter = { holds: 'adapter', format: 'safetensors' };
    if (names.some((name) => KOHYA_KEY.test(name)))
        return { producer: 'kohya', ...adapter };
    if (names.some((name) => ADAPTER_KEY.test(name)))
        return { producer: 'unknown', ...adapter };
    return null;
}
async function findKin(file, series) {
    const kin = series.get(seriesOf(file.name));
    if (kin?.format !== looseFormat(file.name) || kin.format !== 'safetensors')
        return null;
    return (await file.tensorNames()) === null ? kin : null;
}
function unexamined(producer) {
    return {
        producer,
        holds: 'unknown',
        format: null,
        reason: `a ${producer} file: this version does not examine such files`,
    };
}
function fileCheckpoint({ source }, file, { stepFolder, run, }, { producer, holds, format, reason }) {
    return {
        producer,
        holds,
        loose: format === null ? [] : [{ file, format }],
        looseConfig: null,
        unexamined: format === null ? (reason ?? 'it is not examined') : null,
        run,
        medium: source,
        path: file.path,
        name: file.name,
        step: stepFolder?.step ?? stepInFileName(file.name),
        fileNamed: () => null,
        isStepFolder: false,
        isRunRoot: false,
        folder: null,
        adapters: [],
        model: null,
        sharded: null,
        trainerState: null,
        isInitial: false,
        isWrapper: false,
        claimed: new Set(),
        saves: null,
        isFinal: false,
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/shelf.js

function shelfOf(room) {
    const held = new Map();
    let taken = 0;
    const takeOff = (memo) => {
        taken -= held.get(memo) ?? 0;
        held.delete(memo);
    };
    const putOn = (memo, size) => {
        takeOff(memo);
        held.set(memo, size);
        taken += size;
        for (const oldest of held.keys()) {
            if (taken <= room || oldest === memo)
                return;
            oldest.forget();
        }
    };
    return (make) => {
        const kept = memoise(() => make((size) => {
            putOn(memo, size);
        }));
        const forget = () => {
            takeOff(memo);
            kept.forget();
        };
        const memo = Object.assign(() => kept(), { forget });
        return memo;
    };
}

;// CONCATENATED MODULE: ./lib/core/layout/log-recall.js
const RECALLED_ENTRIES = 512;
function logRecall() {
    let before = [];
    return (entries) => {
        const shared = entries.map((entry, at) => {
            const known = before[at];
            return known?.digest === entry.digest ? known : entry;
        });
        before = shared.slice(0, RECALLED_ENTRIES);
        return shared;
    };
}

;// CONCATENATED MODULE: ./lib/core/formats/json/long-object.js

function* readLongObject(window, taker) {
    const first = yield* take(window, (scanner) => {
        scanner.skipSpace();
        if (scanner.isAtEnd())
            scanner.fail('empty');
        return scanner.peek();
    });
    let other = null;
    if (first === '{')
        yield* long_object_readMembers(window, taker);
    else
        other = yield* take(window, (scanner) => readValue(scanner, 0));
    yield* take(window, (scanner) => {
        scanner.skipSpace();
        if (!scanner.isAtEnd())
            scanner.fail('trailing');
    });
    return other;
}
function* long_object_readMembers(window, taker) {
    if (yield* long_object_isEmpty(window, 1, '}'))
        return;
    do {
        const { key, isList } = yield* take(window, (scanner) => {
            const name = readKey(scanner);
            const isList = name === taker.list && scanner.peek() === '[';
            return { key: name, isList };
        });
        if (isList)
            yield* readItems(window, taker);
        else
            taker.member(key, yield* take(window, (scanner) => readValue(scanner, 1)));
    } while (!(yield* isEnd(window, '}')));
}
function* readItems(window, taker) {
    taker.begin();
    if (!(yield* long_object_isEmpty(window, 2, ']')))
        do {
            const item = yield* take(window, (scanner) => readValue(scanner, 2));
            if (!taker.item(item))
                yield* take(window, (scanner) => scanner.fail('too-many-values'));
        } while (!(yield* isEnd(window, ']')));
    taker.member(taker.list, null);
}
function long_object_isEmpty(window, depth, close) {
    return take(window, (scanner) => {
        enter(scanner, depth);
        return scanner.takes(close);
    });
}
function isEnd(window, close) {
    return take(window, (scanner) => {
        scanner.skipSpace();
        if (scanner.takes(close))
            return true;
        scanner.expect(',');
        scanner.skipSpace();
        return false;
    });
}
function* take(window, read) {
    for (;;) {
        const got = window.attempt(read);
        if (got !== null)
            return got.value;
        yield;
    }
}

;// CONCATENATED MODULE: ./lib/core/formats/json/window.js




class JsonWindow {
    #scanner = new Scanner('', 'python');
    #text = '';
    #base = 0;
    #rest = new Uint8Array(0);
    #isFirst = true;
    #isLast = false;
    feed(piece, isLast) {
        const bytes = joined(this.#rest, piece);
        if (this.#isFirst && hasMark(bytes))
            return (0,parsed/* defective */.Q)({ code: 'byte-order-mark', at: 0 });
        this.#isLast = isLast;
        const length = isLast ? bytes.length : wholeCharacters(bytes);
        this.#isFirst &&= length === 0;
        const text = decodePiece(bytes.subarray(0, length));
        const left = this.#text.slice(this.#scanner.at);
        this.#base += utf8Length(this.#text.slice(0, this.#scanner.at));
        if (!text.ok) {
            const at = this.#base + utf8Length(left) + text.defect.at;
            return (0,parsed/* defective */.Q)({ ...text.defect, at });
        }
        this.#rest = bytes.slice(length);
        this.#text = left + text.value;
        this.#scanner = new Scanner(this.#text, 'python');
        return (0,parsed/* parsed */.Y)(null);
    }
    attempt(read) {
        const start = this.#scanner.at;
        try {
            const value = read(this.#scanner);
            if (this.#isLast || !this.#scanner.isAtEnd())
                return { value };
        }
        catch (error) {
            if (!(error instanceof ScanFailure))
                throw error;
            if (this.#isLast || !isOfEnd(error.code))
                throw error;
        }
        this.#scanner.goTo(start);
        if (this.pending > limits/* JSON_PIECE_MAX_BYTES */.B$)
            this.#scanner.fail('too-many-values');
        return null;
    }
    drop() {
        this.#scanner.goTo(this.#text.length);
    }
    get pending() {
        return this.#text.length - this.#scanner.at;
    }
    defectOf({ code, at }) {
        return { code, at: this.#base + utf8Length(this.#text.slice(0, at)) };
    }
}
function isOfEnd(code) {
    return code === 'truncated' || code === 'empty';
}
function joined(left, right) {
    if (left.length === 0)
        return right;
    const bytes = new Uint8Array(left.length + right.length);
    bytes.set(left);
    bytes.set(right, left.length);
    return bytes;
}

;// CONCATENATED MODULE: ./lib/core/layout/trainer-state-refused.js
const REFUSED = {
    global_step: refusesStep,
    log_history: refusesLog,
    stateful_callbacks: refusesCallbacks,
    best_model_checkpoint: refusesPath,
    logging_steps: refusesSteps,
    save_steps: refusesSteps,
    total_flos: refusesSum,
    train_batch_size: refusesBatch,
};
function refusedFields(nodes) {
    return Object.entries(REFUSED).flatMap(([field, refuses]) => {
        const node = nodes.get(field);
        const loaderError = refuses(node, nodes);
        return loaderError === null
            ? []
            : [{ field, found: node ? foundWords(node) : null, loaderError }];
    });
}
function doubtfulFields(nodes) {
    const step = nodes.get('global_step');
    const evaluated = nodes.get('eval_steps');
    const isFloat = step?.kind === 'number' &&
        !trainer_state_refused_isWhole(step.lexeme) &&
        Number.isInteger(Number(step.lexeme));
    const isText = evaluated !== undefined &&
        !['number', 'boolean', 'null'].includes(evaluated.kind);
    const isOlder = !nodes.has('train_batch_size') && !wroteBatchSize(nodes);
    return [
        ...(isOlder ? [{ field: 'train_batch_size', found: 'not there' }] : []),
        ...(isFloat ? [{ field: 'global_step', found: 'no whole number' }] : []),
        ...(isText ? [{ field: 'eval_steps', found: foundWords(evaluated) }] : []),
    ];
}
function pythonType(node) {
    switch (node.kind) {
        case 'object':
            return 'dict';
        case 'array':
            return 'list';
        case 'string':
            return 'str';
        case 'number':
            return /^-?\d+$/.test(node.lexeme) ? 'int' : 'float';
        case 'boolean':
            return 'bool';
        case 'null':
            return 'NoneType';
    }
}
const trainer_state_refused_WORDS = {
    object: 'an object',
    array: 'a list',
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    null: 'null',
};
function foundWords(node) {
    if (node.kind !== 'number')
        return trainer_state_refused_WORDS[node.kind];
    if (!Number.isFinite(Number(node.lexeme)))
        return 'not a finite number';
    return trainer_state_refused_isWhole(node.lexeme) ? 'a number' : 'no whole number';
}
function trainer_state_refused_isWhole(lexeme) {
    return /^-?\d+$/.test(lexeme);
}
const TOO_LARGE = 'OverflowError: int too large to convert to float';
function refusesStep(node) {
    if (node === undefined || node.kind === 'boolean')
        return null;
    if (node.kind !== 'number')
        return `TypeError: unsupported operand type(s) for //: '${pythonType(node)}' and 'int'`;
    if (!Number.isFinite(Number(node.lexeme)))
        return trainer_state_refused_isWhole(node.lexeme)
            ? TOO_LARGE
            : 'ValueError: cannot convert float NaN to integer';
    return Number.isInteger(Number(node.lexeme))
        ? null
        : "TypeError: 'float' object cannot be interpreted as an integer";
}
function refusesLog(node) {
    return node === undefined || node.kind === 'null'
        ? null
        : `AttributeError: '${pythonType(node)}' object has no attribute 'append'`;
}
function refusesCallbacks(node) {
    if (node === undefined || node.kind === 'null' || node.kind === 'object')
        return null;
    if (node.kind !== 'array' && node.kind !== 'string')
        return `TypeError: '${pythonType(node)}' object is not iterable`;
    const isEmpty = node.kind === 'array' ? node.items.length === 0 : node.value === '';
    return isEmpty
        ? null
        : 'TypeError: All callbacks passed to be saved must inherit `ExportableState`';
}
function refusesPath(node) {
    const isTaken = node === undefined ||
        ['null', 'string', 'boolean'].includes(node.kind) ||
        (node.kind === 'number' && trainer_state_refused_isWhole(node.lexeme) && node.lexeme.length < 10);
    return isTaken
        ? null
        : `TypeError: stat: path should be string, bytes, os.PathLike or integer, not ${pythonType(node)}`;
}
function refusesSteps(node) {
    return node === undefined || isNumeric(node)
        ? null
        : `TypeError: unsupported operand type(s) for %: 'int' and '${pythonType(node)}'`;
}
function refusesSum(node) {
    if (node === undefined || node.kind === 'boolean')
        return null;
    if (node.kind !== 'number')
        return `TypeError: unsupported operand type(s) for +=: '${pythonType(node)}' and 'float'`;
    return trainer_state_refused_isWhole(node.lexeme) && !Number.isFinite(Number(node.lexeme))
        ? TOO_LARGE
        : null;
}
function refusesBatch(node, nodes) {
    const isOlder = node === undefined && !wroteBatchSize(nodes);
    if (isOlder || (node !== undefined && isNumeric(node)))
        return null;
    const type = node === undefined ? 'NoneType' : pythonType(node);
    return `TypeError: unsupported operand type(s) for //: '${type}' and 'int'`;
}
function isNumeric({ kind }) {
    return kind === 'number' || kind === 'boolean';
}
function wroteBatchSize(nodes) {
    return nodes.get('stateful_callbacks')?.kind === 'object';
}

;// CONCATENATED MODULE: ./lib/core/layout/trainer-state-fields.js




const CALLBACKS = 'stateful_callbacks';
const trainer_state_fields_KNOWN = new Set([
    'best_global_step',
    'best_metric',
    'best_model_checkpoint',
    'epoch',
    'eval_steps',
    'global_step',
    'is_hyper_param_search',
    'is_local_process_zero',
    'is_world_process_zero',
    'log_history',
    'logging_steps',
    'max_steps',
    'num_input_tokens_seen',
    'num_train_epochs',
    'save_steps',
    CALLBACKS,
    'total_flos',
    'train_batch_size',
    'trial_name',
    'trial_params',
]);
class StateMembers {
    #nodes = new Map();
    #unknown = new Set();
    #hasMoreUnknown = false;
    #hasEnded = null;
    take(key, node) {
        if (node === null)
            this.#nodes.delete(key);
        else if (trainer_state_fields_KNOWN.has(key))
            this.#nodes.set(key, withoutContent(node));
        else if (this.#unknown.size < TRAINER_STATE_MAX_UNKNOWN)
            this.#unknown.add(standalone(key));
        else if (!this.#unknown.has(key))
            this.#hasMoreUnknown = true;
        if (key === CALLBACKS)
            this.#hasEnded = hasEnded(node);
    }
    fields() {
        const node = (name) => this.#nodes.get(name);
        const number = (name) => log_entry_numberIn(node(name));
        const step = node('global_step');
        const best = asString(node('best_model_checkpoint'));
        return {
            globalStep: step?.kind === 'boolean' ? Number(step.value) : log_entry_numberIn(step),
            maxSteps: number('max_steps'),
            epoch: number('epoch'),
            numTrainEpochs: number('num_train_epochs'),
            saveSteps: number('save_steps'),
            loggingSteps: number('logging_steps'),
            evalSteps: number('eval_steps'),
            trainBatchSize: number('train_batch_size'),
            bestModelCheckpoint: best === null ? null : standalone(best),
            bestGlobalStep: number('best_global_step'),
            hasEnded: this.#hasEnded,
            hasStep: this.#nodes.has('global_step'),
            unknown: [...this.#unknown],
            hasMoreUnknown: this.#hasMoreUnknown,
            refused: refusedFields(this.#nodes),
            doubts: doubtfulFields(this.#nodes),
        };
    }
}
function withoutContent(node) {
    if (node.kind === 'object')
        return { kind: 'object', entries: [] };
    if (node.kind !== 'array')
        return node;
    const items = node.items.length === 0 ? [] : [{ kind: 'null' }];
    return { kind: 'array', items };
}
function standalone(part) {
    return ` ${part}`.slice(1);
}
function hasEnded(callbacks) {
    const control = asObject(asObject(callbacks)?.get('TrainerControl'));
    const flag = asObject(control?.get('args'))?.get('should_training_stop');
    return flag?.kind === 'boolean' ? flag.value : null;
}

;// CONCATENATED MODULE: ./lib/core/layout/trainer-state-brief.js








const LOG = 'log_history';
const AFTER_LOG = ['logging_steps', 'max_steps'];
const LIST_END = /\r?\n {2}\],\r?\n {2}(?=")/;
const ITEM_BEGIN = '\n    {';
async function readStateEdges(reader) {
    const { size } = reader;
    const edge = TRAINER_STATE_EDGE_BYTES;
    if (size <= 2 * edge)
        return null;
    const head = trainer_state_brief_readHead(await reader.read(0, edge));
    if (head === null)
        return null;
    const tail = readTail(await reader.read(size - edge, edge));
    if (tail === null)
        return null;
    const members = new StateMembers();
    for (const { key, node } of head.members)
        members.take(key, node);
    members.take(LOG, null);
    for (const { key, node } of tail.members)
        members.take(key, node);
    const log = { entries: head.entries, last: tail.last, isWhole: false };
    return { ...members.fields(), log };
}
function trainer_state_brief_readHead(bytes) {
    const members = [];
    const entries = [];
    const place = { isInLog: false };
    const window = new JsonWindow();
    if (!window.feed(bytes, false).ok)
        return null;
    const reading = readLongObject(window, {
        list: LOG,
        member: (key, node) => {
            place.isInLog = false;
            if (node !== null)
                members.push({ key, node });
        },
        begin: () => {
            place.isInLog = true;
        },
        item: (node) => entries.push(logEntry(node)) > 0,
    });
    try {
        reading.next();
    }
    catch (error) {
        if (error instanceof ScanFailure)
            return null;
        throw error;
    }
    return place.isInLog && isInOrder([...trainer_state_brief_keysOf(members), LOG])
        ? { members, entries }
        : null;
}
function readTail(bytes) {
    const line = bytes.indexOf(0x0a);
    const text = line < 0 ? null : decodePiece(bytes.subarray(line));
    if (!text?.ok)
        return null;
    const end = LIST_END.exec(text.value);
    if (end === null)
        return null;
    const begin = text.value.lastIndexOf(ITEM_BEGIN, end.index - 1);
    const last = begin < 0 ? null : nodeOf(text.value.slice(begin, end.index), 'object');
    const behind = text.value.slice(end.index + end[0].length);
    const rest = nodeOf(`{${behind}`, 'object');
    if (last === null || rest?.kind !== 'object')
        return null;
    const members = rest.entries;
    return isInOrder([LOG, ...trainer_state_brief_keysOf(members)]) &&
        AFTER_LOG.includes(members[0]?.key ?? '')
        ? { last: logEntry(last), members }
        : null;
}
function nodeOf(text, kind) {
    const read = parseJson(new TextEncoder().encode(text), 'python');
    return read.ok && read.value.kind === kind ? read.value : null;
}
function trainer_state_brief_keysOf(members) {
    return members.map(({ key }) => key);
}
function isInOrder(keys) {
    return keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key);
}

;// CONCATENATED MODULE: ./lib/core/layout/trainer-state-whole.js








async function readWholeState(reader) {
    const { size: sizeBytes } = reader;
    const maxBytes = TRAINER_STATE_MAX_BYTES;
    if (sizeBytes > maxBytes)
        return (0,parsed/* defective */.Q)({ code: 'too-large', sizeBytes, maxBytes });
    const taker = takingAll();
    const other = await readPieces(reader, taker);
    if (!other.ok)
        return other;
    if (other.value !== null)
        return (0,parsed/* defective */.Q)({ code: 'not-object', type: pythonType(other.value) });
    return (0,parsed/* parsed */.Y)(taker.state());
}
function takingAll() {
    const members = new StateMembers();
    let entries = [];
    return {
        list: 'log_history',
        member: (key, node) => {
            if (key === 'log_history' && node !== null)
                entries = [];
            members.take(key, node);
        },
        begin: () => {
            entries = [];
        },
        item: (node) => {
            entries.push(logEntry(node));
            return entries.length <= TRAINER_STATE_MAX_ENTRIES;
        },
        state: () => ({
            ...members.fields(),
            log: { entries, last: entries.at(-1) ?? null, isWhole: true },
        }),
    };
}
async function readPieces(reader, taker) {
    const window = new JsonWindow();
    const reading = readLongObject(window, taker);
    let failed = null;
    for await (const [piece, isLast] of pieces(reader, window)) {
        const fed = window.feed(piece, isLast);
        if (!fed.ok)
            return fed;
        if (failed !== null)
            continue;
        try {
            const { done, value } = reading.next();
            if (done === true)
                return (0,parsed/* parsed */.Y)(value);
        }
        catch (error) {
            if (!(error instanceof ScanFailure))
                throw error;
            failed = window.defectOf(error);
        }
        if (failed !== null)
            window.drop();
    }
    if (failed === null)
        throw new Error('the last piece ends the text');
    return (0,parsed/* defective */.Q)(failed);
}
async function* pieces(reader, window) {
    const { size } = reader;
    let at = 0;
    do {
        const wanted = Math.max(TRAINER_STATE_CHUNK_BYTES, window.pending);
        const length = Math.min(wanted, size - at);
        const piece = await reader.read(at, length);
        at += length;
        yield [piece, at === size];
    } while (at < size);
}

;// CONCATENATED MODULE: ./lib/core/layout/trainer-state.js





const ENTRY_BYTES = 240;
const REST_BYTES = 1024;
function trainerStatesOn(shelf) {
    const recall = logRecall();
    const held = (takes) => (read) => {
        if (!read.ok)
            return read;
        takes(trainer_state_sizeOf(read.value));
        const { log } = read.value;
        const entries = recall(log.entries);
        return (0,parsed/* parsed */.Y)({ ...read.value, log: { ...log, entries } });
    };
    return (file) => {
        if (file === null)
            return null;
        const whole = shelf((takes) => file.read(readWholeState).then(held(takes)));
        if (file.sizeBytes <= TRAINER_STATE_WHOLE_BYTES)
            return { file, brief: whole, whole };
        const brief = shelf(async (takes) => {
            const edges = await file.read(readStateEdges);
            return held(takes)(edges === null ? await whole() : (0,parsed/* parsed */.Y)(edges));
        });
        return { file, brief, whole };
    };
}
function trainer_state_sizeOf({ log, bestModelCheckpoint, unknown }) {
    const texts = [bestModelCheckpoint ?? '', ...unknown];
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    return REST_BYTES + log.entries.length * ENTRY_BYTES + 2 * characters;
}

;// CONCATENATED MODULE: ./lib/core/layout/find-checkpoints.js










async function findCheckpoints(source, root) {
    const walk = {
        source,
        factsOf: memoisedFacts(source),
        stateIn: trainerStatesOn(shelfOf(TRAINER_STATES_HELD_MAX_BYTES)),
        checkpoints: [],
        passedOver: [],
        unknownWeights: [],
        leftovers: [],
        staging: [],
    };
    const around = { above: null, stepFolder: null };
    if (source.root === 'file')
        await findLoneFiles(walk, root, around);
    else
        await visit(walk, root, around);
    return walk;
}
async function visit(walk, folder, outer) {
    if (isLeftoverFolderName(folder.name))
        return passOverLeftover(walk, folder);
    noteTemporaries(walk, folder);
    const around = { ...outer, ...stepOf(walk, folder) };
    const own = folderCheckpoint(walk, folder, around);
    const foundBefore = walk.checkpoints.length;
    for (const below of folder.folders.values()) {
        if (!own?.claimed.has(below.shown))
            await visit(walk, below, { ...around, above: folder });
    }
    if (own === null)
        return findLoneFiles(walk, folder, around);
    if (!own.isWrapper || walk.checkpoints.length === foundBefore)
        walk.checkpoints.push(own);
    findSaves(walk, folder, around, own);
}
function stepOf({ source }, folder) {
    if (!isStepFolderName(folder.name))
        return {};
    const step = stepInFolderName(folder.name);
    return { stepFolder: { step, run: parentIn(source, folder.path) } };
}
function passOverLeftover(walk, folder) {
    walk.leftovers.push(folder.shown);
    walk.staging.push({
        path: folder.shown,
        name: folder.name,
        run: parentIn(walk.source, folder.path),
    });
    walk.passedOver.push({
        where: { path: folder.shown },
        cause: 'leftover',
        reason: 'left by a save that did not end; not a checkpoint',
    });
}
function noteTemporaries(walk, folder) {
    for (const name of folder.files.keys())
        if (SAFETENSORS_TEMPORARY.test(name))
            walk.leftovers.push(`${folder.shown}/${name}`);
}
function memoisedFacts(source) {
    const known = new Map();
    const shared = {
        recall: headerRecall(),
        shelf: shelfOf(limits/* HELD_MAX_BYTES */.L8),
    };
    return (folder, name) => {
        const entry = folder.files.get(name);
        if (entry === undefined)
            return null;
        const before = known.get(entry);
        if (before !== undefined)
            return before;
        const facts = fileFacts(source, entry, shared);
        known.set(entry, facts);
        return facts;
    };
}

;// CONCATENATED MODULE: ./lib/core/survey.js







const survey_GAPS = new Set([
    'io',
    'limit',
    'damaged',
    'unreachable',
]);
async function survey(targets) {
    const subjects = [];
    const roots = [];
    const offered = [];
    for (const target of targets) {
        const surveyed = [];
        for (const source of target.sources)
            surveyed.push(await surveyRoot(source));
        const subject = targetSubject(target, surveyed);
        roots.push(...surveyed);
        subjects.push(subject);
        if (isEmptyOffer(subject))
            offered.push(emptyOffer(subject));
    }
    const found = roots.flatMap((one) => one.checkpoints);
    const { checkpoints, passedOver } = setAliasesAside(found);
    const runs = groupRuns(checkpoints, limits/* CHECKPOINTS_MAX */.vN, roots.flatMap(({ staging }) => staging));
    return {
        targets: subjects,
        runs,
        skipped: [
            ...roots.flatMap(({ skipped }) => skipped),
            ...passedOver,
            ...offered,
            ...omittedSkips(checkpoints, runs),
        ],
        files: sum(roots.map(({ files }) => files)),
        folders: sum(roots.map(({ folders }) => folders)),
    };
}
function omittedSkips(found, runs) {
    const kept = sum(runs.map(({ checkpoints }) => checkpoints.length));
    const paths = new Set(found.map(({ path }) => path));
    const first = runs.find(({ omitted }) => omitted > 0) ?? runs.at(-1);
    if (paths.size === kept || first === undefined)
        return [];
    const rest = paths.size - kept;
    const inRuns = new Set(found.map(({ run }) => run)).size;
    const which = inRuns === runs.length
        ? 'of each run the newest are in this report'
        : `of the first ${formatCount(runs.length, 'run')} by name the newest are in this report`;
    return [
        {
            where: { path: first.path },
            cause: 'limit',
            reason: `of ${formatCount(paths.size, 'checkpoint')} in all, more than the ${formatNumber(limits/* CHECKPOINTS_MAX */.vN)} that are looked at, ${formatNumber(rest)} ${rest === 1 ? 'was' : 'were'} passed over; ${which}`,
        },
    ];
}
async function surveyRoot(source) {
    const listing = await listOrSkip(source);
    const found = await findCheckpoints(source, buildTree(source, listing));
    const { archive: facts } = listing;
    return {
        ...found,
        archive: facts === undefined
            ? null
            : { path: showPath(source, ''), medium: source, facts },
        files: listing.entries.filter(({ kind }) => kind === 'file').length,
        nameless: listing.unlisted.filter(({ cause }) => cause === 'unsupported')
            .length,
        folders: listing.entries.filter(({ kind }) => kind === 'folder').length,
        skipped: [...listingSkips(source, listing), ...found.passedOver],
    };
}
async function listOrSkip(source) {
    const lead = source.mark === undefined
        ? 'it could not be listed'
        : 'the artifact could not be read';
    try {
        return await source.list();
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8))
            throw error;
        const reason = `${lead} (${failureWords(error, 'folder')})`;
        return { entries: [], unlisted: [{ path: '', cause: 'io', reason }] };
    }
}
function listingSkips(source, listing) {
    const skip = (path, cause, reason) => ({
        where: { path: showPath(source, path) },
        cause,
        reason,
    });
    const unlisted = listing.unlisted.map(({ path, cause, reason }) => skip(path, cause, reason));
    const unopened = listing.entries.flatMap((entry) => {
        const { kind, reason } = entry;
        if (kind === 'symlink')
            return [skip(entry.path, 'link', reason ?? 'a link')];
        if (kind === 'other')
            return [skip(entry.path, 'special', reason ?? 'special')];
        return [];
    });
    return [...unlisted, ...unopened];
}
function isEmptyOffer(target) {
    return !target.isNamed && !target.hasGaps && target.checkpoints === 0;
}
function emptyOffer({ named, files, archives }) {
    const defect = archives.find(({ facts }) => facts.defect !== null);
    if (defect !== undefined)
        return {
            where: { path: named },
            cause: 'io',
            reason: `its files cannot be listed: the archive ${defect.facts.defect?.words ?? ''}`,
        };
    return {
        where: { path: named },
        cause: 'ignored',
        reason: `an artifact without a checkpoint, of ${formatCount(files, 'file')}`,
    };
}
function targetSubject({ named, sources, there, isOffered }, roots) {
    return {
        named,
        there: there ?? null,
        isNamed: isOffered !== true,
        isUpload: sources.some(({ isUpload }) => isUpload === true),
        isAbsent: sources.length === 0,
        hasGaps: roots.some(({ skipped }) => skipped.some(({ cause }) => survey_GAPS.has(cause))),
        checkpoints: sum(roots.map(({ checkpoints }) => checkpoints.length)),
        files: sum(roots.map(({ files, nameless }) => files + nameless)),
        unknownWeights: roots.flatMap(({ unknownWeights }) => unknownWeights),
        leftovers: roots.flatMap(({ leftovers }) => leftovers),
        archives: roots.flatMap(({ archive }) => archive ?? []),
    };
}
function sum(numbers) {
    return numbers.reduce((total, one) => total + one, 0);
}

;// CONCATENATED MODULE: ./lib/core/sweep.js






async function sweepArchives({ targets, runs }, plan, { depth }) {
    const skipped = [];
    const taken = new Map();
    if (depth !== 'values')
        return skipped;
    for (const archive of targets.flatMap(({ archives }) => archives)) {
        const { medium, path, facts } = archive;
        const due = await dueIn(medium, runs, plan);
        if (medium.sweep === undefined || due === null)
            continue;
        const { transferMaxBytes: budget } = medium;
        const bytes = facts.sizeBytes + (taken.get(budget) ?? 0);
        const room = plan.roomFor(medium);
        if (due === 'too much' || bytes > room) {
            const reason = `its checksums and its digest were not checked but for what else was read: all of it takes ${formatBytes(facts.sizeBytes)}, and ${formatBytes(room)} are read (max-bytes)`;
            skipped.push({ where: { path }, cause: 'unreachable', reason });
            continue;
        }
        taken.set(budget, bytes);
        for (const skip of await sweepOne(archive, due))
            skipped.push(skip);
    }
    return skipped;
}
async function sweepOne({ medium, path }, due) {
    const { sweep, digest: stated } = medium;
    const skip = (at, reason) => ({
        where: { path: at },
        cause: 'io',
        reason,
    });
    try {
        const swept = await sweep?.((below) => sweeperOf(due.get(below)));
        if (swept === undefined)
            return [];
        const damaged = swept.damaged.map((one) => skip(showPath(medium, one.path), `it is damaged: ${one.words}`));
        return stated === undefined || swept.digest === stated
            ? damaged
            : [
                ...damaged,
                skip(path, `its bytes have the digest ${swept.digest}, and ${stated} is stated: they were damaged on the way or in the store`),
            ];
    }
    catch (error) {
        if (!(error instanceof bytes_reader/* SourceError */.c8))
            throw error;
        return [
            skip(path, `it could not be read to its end (${failureWords(error)})`),
        ];
    }
}
async function dueIn(medium, runs, plan) {
    const due = new Map();
    let checkpoints = 0;
    for (const run of runs)
        for (const one of run.checkpoints) {
            if (one.medium !== medium)
                continue;
            checkpoints += 1;
            const files = (await orNull(() => weightsOf(one))) ?? [];
            const wanted = files.filter((file) => plan.isDue(file));
            if (wanted.length > 0 && plan.gapOf(one) !== null)
                return 'too much';
            for (const file of wanted)
                due.set(file.file.entryPath, file);
        }
    return checkpoints > 0 ? due : null;
}
async function sweeperOf(file) {
    return file === undefined ? null : orNull(() => file.file.sweeper());
}

;// CONCATENATED MODULE: ./lib/core/types.js
const CHECKPOINT_QUESTIONS = ['loads', 'trained', 'resumes'];
const EXPECTS = ['auto', 'adapter', 'model'];
const REQUIRES = ['all', 'newest', 'any'];
const FAIL_ONS = ['error', 'warning', 'never'];
const INCONCLUSIVES = (/* unused pure expression or super */ null && (['fail', 'warn']));
const DEPTHS = ['auto', 'files', 'headers', 'values'];
const NOTHING_DECLARED = {
    saveSteps: null,
    expectedSteps: null,
    minCheckpoints: null,
    gradientAccumulationSteps: null,
    worldSize: null,
};

;// CONCATENATED MODULE: ./lib/core/verdict.js



function requiredOf(run, require, answersOf) {
    const all = run.checkpoints;
    if (require === 'newest') {
        const newest = all.reduce((max, { step }) => Math.max(max, step ?? -Infinity), -Infinity);
        const largest = all.findLast(isStepTooLarge);
        if (largest !== undefined)
            return new Set([largest]);
        return new Set(newest === -Infinity ? all : all.filter(({ step }) => step === newest));
    }
    if (require === 'any') {
        const good = all.filter((one) => isGood(answersOf(one)));
        return new Set(good.length > 0 ? good : all);
    }
    return new Set(all);
}
function isGood(answers) {
    const loads = answers.loads.value;
    return ((loads === 'yes' || loads === 'doubtful') &&
        CHECKPOINT_QUESTIONS.every((question) => answers[question].value !== 'no'));
}
function verdictOf(outcome) {
    const { runs, checkpoints, findings, skipped } = outcome;
    const counts = countsFor(checkpoints);
    if (findings.some((one) => one.severity === 'error' && counts(one)))
        return 'fail';
    if (skipped.some(({ cause }) => cause === 'io' || cause === 'limit'))
        return 'inconclusive';
    const isOpen = ({ required, answers }) => required && answers.loads.value === 'not checked';
    if (checkpoints.some(isOpen))
        return 'inconclusive';
    const answered = [
        ...checkpoints.flatMap(({ answers }) => Object.values(answers)),
        ...runs.map(({ answers }) => answers.progress),
    ].some(isAnswered);
    return answered ? 'pass' : 'inconclusive';
}
function isAnswered({ value }) {
    return value === 'yes' || value === 'no' || value === 'doubtful';
}
function headlineOf(verdict, outcome) {
    return [
        verdict,
        ...errorWords(outcome),
        ...unreadWords(outcome.skipped),
        ...verdict_budgetWords(outcome),
        ...openWords(outcome.checkpoints),
        ...shardWords(verdict, outcome.checkpoints),
        ...emptyWords(verdict, outcome.checkpoints),
    ].join('; ');
}
function errorWords({ findings, checkpoints }) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length === 0)
        return [];
    const words = formatCount(errors.length, 'error');
    const paths = new Set(errors.map(({ where }) => where.checkpoint));
    const broken = checkpoints.filter(({ path }) => paths.has(path)).length;
    return broken === 0
        ? [words]
        : [
            `${words} on ${formatNumber(broken)} of ${formatCount(checkpoints.length, 'checkpoint')}`,
        ];
}
function unreadWords(skipped) {
    const unread = skipped.filter(({ cause }) => cause === 'io' || cause === 'limit').length;
    return unread === 0
        ? []
        : [`${formatCount(unread, 'place')} could not be read`];
}
function verdict_budgetWords({ beyondBudget }) {
    return beyondBudget === 0
        ? []
        : [
            `values of ${formatCount(beyondBudget, 'checkpoint')} not read (max-bytes)`,
        ];
}
function shardWords(verdict, checkpoints) {
    const shards = checkpoints.filter(({ holds }) => holds === 'shards').length;
    return verdict === 'inconclusive' && shards > 0
        ? [
            `${formatCount(shards, 'checkpoint')} of shards alone, which are not read`,
        ]
        : [];
}
function emptyWords(verdict, checkpoints) {
    return verdict === 'inconclusive' && checkpoints.length === 0
        ? ['no checkpoint was examined']
        : [];
}
function openWords(checkpoints) {
    const byCount = new Map();
    for (const question of CHECKPOINT_QUESTIONS) {
        const count = checkpoints.filter(({ answers }) => answers[question].value === 'not checked').length;
        if (count > 0)
            byCount.set(count, [...(byCount.get(count) ?? []), question]);
    }
    return [...byCount].map(([count, questions]) => `${joinWords(questions)} of ${formatCount(count, 'checkpoint')} not checked`);
}
function exitCodeOf(report, failOn) {
    if (failsOnFindings(report, failOn))
        return 1;
    return report.verdict === 'inconclusive' ? 3 : 0;
}
function isStepFailing(report, policy) {
    if (failsOnFindings(report, policy.failOn))
        return true;
    return (report.verdict === 'inconclusive' &&
        policy.inconclusive === 'fail' &&
        policy.failOn !== 'never');
}
function failsOnFindings(report, failOn) {
    if (failOn === 'never')
        return false;
    if (report.verdict === 'fail')
        return true;
    const counts = countsFor(report.checkpoints);
    return (failOn === 'warning' &&
        report.findings.some((one) => one.severity === 'warning' && counts(one)));
}
function countsFor(checkpoints) {
    const optional = new Set(checkpoints.filter(({ required }) => !required).map(({ path }) => path));
    return ({ where }) => where.checkpoint === undefined || !optional.has(where.checkpoint);
}

;// CONCATENATED MODULE: ./lib/core/unique-skips.js


function uniqueSkips(skips) {
    const unique = new Map(skips.map((skip) => [
        unique_skips_keyOf(skip.where.path, skip.cause, skip.reason),
        skip,
    ]));
    const below = toldBelow(skips);
    const once = [...unique].filter(([key]) => !below.has(key));
    return once
        .map(([, skip]) => skip)
        .sort((left, right) => compareText(left.where.path, right.where.path) ||
        compareText(left.cause, right.cause) ||
        compareText(left.reason, right.reason));
}
function toldBelow(skips) {
    const below = new Set();
    for (const { where, cause, reason } of skips) {
        let end = where.path.lastIndexOf('/');
        for (let level = 0; level < limits/* WALK_MAX_DEPTH */.Ts && end > 0; level++) {
            const folder = where.path.slice(0, end);
            below.add(unique_skips_keyOf(folder, cause, reason));
            if (cause === 'io')
                below.add(unique_skips_keyOf(folder, 'damaged', reason));
            end = where.path.lastIndexOf('/', end - 1);
        }
    }
    return below;
}
function unique_skips_keyOf(path, cause, reason) {
    return JSON.stringify([path, cause, reason]);
}

;// CONCATENATED MODULE: ./lib/core/version.js
const version_VERSION = '0.1.0';

;// CONCATENATED MODULE: ./lib/core/inspect.js

















const SCOPE = '`loads` rests on files, formats, headers and configurations, and of adapters on the names and shapes of their tensors. The base model, and whether transformers matches every tensor of a model, were not examined. `trained` says that the values have an effect and are numbers, not that the training was a good one. `resumes` rests on the files of the training state, their directories and pickles; of the values in them only counts of steps were read.';
const DEFAULTS = {
    depth: 'auto',
    maxBytes: limits/* VALUES_MAX_BYTES */.EG,
    declared: NOTHING_DECLARED,
};
function withNamesOnly(target) {
    return { ...target, sources: target.sources.map(bytes_reader/* namesOnly */.$T) };
}
async function inspect(request) {
    const { targets, checks } = request;
    const options = { ...DEFAULTS, ...request.options };
    const surveyed = await survey(options.depth === 'files' ? targets.map(withNamesOnly) : targets);
    const plan = await planValues(surveyed.runs, options);
    const unswept = await sweepArchives(surveyed, plan, options);
    const drafts = { checkpoints: new Map(), runs: new Map() };
    const said = await runChecks(checks, surveyed, { options, plan }, turnOf(request, { surveyed, plan, options, drafts }));
    const outcome = {
        ...outcomeOf({ ...surveyed, skipped: [...surveyed.skipped, ...unswept] }, said, drafts, options),
        beyondBudget: plan.beyondBudget,
    };
    const verdict = verdictOf(outcome);
    return deepFreeze({
        schema: 1,
        tool: { name: 'checkpoint-gate', version: version_VERSION, loaders: loaders_LOADERS },
        options,
        verdict,
        headline: headlineOf(verdict, outcome),
        scope: SCOPE,
        examined: {
            targets: targets.map(({ named }) => named),
            files: surveyed.files,
            folders: surveyed.folders,
        },
        runs: outcome.runs,
        checkpoints: outcome.checkpoints,
        findings: outcome.findings,
        skipped: outcome.skipped,
        checks: checks
            .map(({ meta: { id, question, title } }) => ({ id, question, title }))
            .sort((left, right) => compareText(left.id, right.id)),
    });
}
function turnOf({ onCheckpoint }, given) {
    const { surveyed, plan, options, drafts } = given;
    const ahead = new FetchAhead(surveyed.runs);
    let last = null;
    return {
        onStart: async (path) => {
            onCheckpoint?.(path);
            await ahead.before();
        },
        conclude: async (one, weights, own) => {
            if (last !== one.medium)
                last?.letGo?.();
            last = one.medium;
            await ahead.learn(one, weights);
            const draft = await draftOf(one, own, plan);
            drafts.checkpoints.set(one, draft);
            return { checkpoint: one, answers: draft.answers };
        },
        reconsider: async ({ checkpoint, answers: before }, own) => {
            const [stateSkip] = uniqueSkips(own.skipped);
            const { loads } = before;
            const asked = { stateSkip, loads };
            const resumes = await resumesOf(checkpoint, own.findings, asked);
            const answers = { ...before, resumes };
            const draft = drafts.checkpoints.get(checkpoint);
            if (draft !== undefined)
                drafts.checkpoints.set(checkpoint, { ...draft, answers });
            return { checkpoint, answers };
        },
        concludeRun: async (judged) => {
            const { length } = surveyed.runs;
            drafts.runs.set(judged.run, await summariseRun(judged, options, length));
        },
    };
}
async function draftOf(checkpoint, { findings, skipped, ofState }, plan) {
    const [skip] = uniqueSkips(skipped.filter((one) => !ofState.has(one)));
    const [stateSkip] = uniqueSkips(skipped);
    const values = plan.gapOf(checkpoint);
    const answers = await answersOf(checkpoint, findings, {
        skip,
        stateSkip,
        values,
    });
    return summarise(checkpoint, answers);
}
function outcomeOf(surveyed, said, drafts, options) {
    const ofRun = findingsByRun(said.findings);
    const runs = [];
    const checkpoints = [];
    for (const run of surveyed.runs) {
        const rows = rowsOf(run, drafts.checkpoints, options);
        for (const row of rows)
            checkpoints.push(row);
        const draft = drafts.runs.get(run);
        if (draft === undefined)
            throw new Error(`no summary of ${run.path}`);
        const { progress, ...more } = draft;
        const findings = ofRun.get(run.path) ?? [];
        runs.push({
            path: run.path,
            checkpoints: rows.length,
            newestLoadable: newestLoadable(run, rows),
            newestResumable: newestResumable(rows),
            ...more,
            answers: { progress: answerRun(findings, progress) },
        });
    }
    return {
        runs,
        checkpoints,
        findings: sortFindings(said.findings, checkpoints),
        skipped: uniqueSkips([...surveyed.skipped, ...said.skipped]),
    };
}
function findingsByRun(findings) {
    const byRun = new Map();
    for (const finding of findings) {
        const run = finding.where.run ?? '';
        const own = byRun.get(run) ?? [];
        own.push(finding);
        byRun.set(run, own);
    }
    return byRun;
}
function rowsOf(run, drafts, options) {
    const draftOf = (one) => {
        const draft = drafts.get(one);
        if (draft === undefined)
            throw new Error(`no answers for ${one.path}`);
        return draft;
    };
    const required = requiredOf(run, options.require, (one) => draftOf(one).answers);
    return run.checkpoints.map((one) => {
        const { answers, ...row } = draftOf(one);
        return { ...row, required: required.has(one), answers };
    });
}
const RANK = {
    error: 0,
    warning: 1,
    notice: 2,
};
function sortFindings(findings, checkpoints) {
    const order = new Map(checkpoints.map(({ path }, at) => [path, at]));
    const place = ({ where }) => order.get(where.checkpoint ?? '') ?? -1;
    return [...findings].sort((left, right) => RANK[left.severity] - RANK[right.severity] ||
        place(left) - place(right) ||
        compareText(left.where.path, right.where.path) ||
        compareText(left.check, right.check) ||
        compareText(left.message, right.message) ||
        compareText(left.text, right.text));
}
function deepFreeze(value) {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}

;// CONCATENATED MODULE: ./lib/core/render/escape.js
const MAX_CHARACTERS = 500;
const MAX_SENTENCE = 2000;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;
const VISIBLE_ASCII = /^[ -~]*$/;
const VISIBLE_ASCII_LINES = /^[\n -~]*$/;
const COMMAND_MARKS = [
    [/##\[/g, '#\\#['],
    [/:(?=:)/g, ':\\'],
];
function showInvisible(text) {
    return VISIBLE_ASCII.test(text)
        ? text
        : text.replace(INVISIBLE, showCodePoint);
}
function showCodePoint(character) {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
}
function cut(text, maxCharacters) {
    if (text.length <= maxCharacters)
        return text;
    const rest = text.length - maxCharacters;
    return `${text.slice(0, maxCharacters)}…(+${rest} characters)`;
}
function escapeTerminal(text, maxCharacters = MAX_CHARACTERS) {
    let escaped = showInvisible(cut(text, maxCharacters));
    for (const [mark, broken] of COMMAND_MARKS)
        escaped = escaped.replace(mark, broken);
    return escaped;
}
const MARKUP = /[&<>`*_~|\\[\]#@!:$]/g;
const LINKED = /&#(?:64|35);|\b(?:https?|ftp|www)/gi;
const ZERO_WIDTH_SPACE = '&#8203;';
function escapeMarkdown(text, maxCharacters = MAX_CHARACTERS) {
    return escapeMarkup(cut(text, maxCharacters)).replace(LINKED, (found) => found + ZERO_WIDTH_SPACE);
}
function escapeSentence(text) {
    return cut(text, MAX_SENTENCE)
        .split('`')
        .map((part, at, { length }) => at % 2 === 1 && at < length - 1
        ? asCode(part)
        : escapeMarkdown(part, Infinity))
        .join('');
}
function markdownCode(text) {
    return asCode(cut(text, MAX_CHARACTERS));
}
function markdownBlock(text) {
    return `<pre>${escapeMarkup(cut(text, MAX_CHARACTERS))}</pre>`;
}
function asCode(text) {
    return `<code>${escapeMarkup(text)}</code>`;
}
function escapeMarkup(text) {
    return showInvisible(text).replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}
function escapeJsonText(json) {
    const visible = VISIBLE_ASCII_LINES.test(json) ? json : escapeInvisible(json);
    return visible.replaceAll('##[', '\\u0023#[');
}
function escapeInvisible(json) {
    return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu, (found) => Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''));
}

;// CONCATENATED MODULE: ./lib/core/render/json.js

const MAX_TEXT_CHARACTERS = 20_000;
function renderJson(report) {
    const capped = (_key, value) => typeof value === 'string' ? cut(value, MAX_TEXT_CHARACTERS) : value;
    return `${escapeJsonText(JSON.stringify(report, capped, 2))}\n`;
}

;// CONCATENATED MODULE: ./lib/core/render/grouping.js
const GROUP_FROM = 3;
function causesOf(findings) {
    const groups = new Map();
    for (const finding of findings)
        memberOf(groups, grouping_keyOf(finding), () => []).push(finding);
    return findings.flatMap((finding) => {
        const { severity, check } = finding;
        const alike = groups.get(grouping_keyOf(finding)) ?? [];
        if (alike.length < GROUP_FROM)
            return [{ severity, check, first: finding, findings: [finding] }];
        return alike[0] === finding
            ? [{ severity, check, first: finding, findings: alike }]
            : [];
    });
}
function grouping_keyOf({ severity, check, message }) {
    return JSON.stringify([severity, check, message]);
}
function reasonsOf({ checkpoints }) {
    const found = new Map();
    for (const { answers } of checkpoints)
        for (const [question, { value, reason }] of Object.entries(answers))
            if (value === 'not checked' || value === 'not applicable') {
                const ofValue = memberOf(found, value, () => new Map());
                const words = reason ?? 'no reason given';
                memberOf(ofValue, words, () => new Set()).add(question);
            }
    const all = [...found].flatMap(([value, ofValue]) => [...ofValue].map(([reason, questions]) => ({
        words: `${value}: ${reason}`,
        questions: [...questions],
    })));
    const isOfLoads = (one) => one.questions.includes('loads');
    return [...all.filter(isOfLoads), ...all.filter((one) => !isOfLoads(one))];
}
const CAUSE_ORDER = {
    io: 0,
    depth: 0,
    limit: 1,
    damaged: 2,
    unreachable: 3,
    unsupported: 4,
    special: 5,
    link: 6,
    leftover: 7,
    alias: 8,
    ignored: 9,
};
function skipGroupsOf(skipped) {
    const groups = new Map();
    for (const { cause, reason, where } of skipped) {
        const ofCause = memberOf(groups, cause, () => new Map());
        memberOf(ofCause, reason, () => []).push(where.path);
    }
    return [...groups]
        .sort(([left], [right]) => CAUSE_ORDER[left] - CAUSE_ORDER[right])
        .flatMap(([cause, ofCause]) => [...ofCause].map(([reason, paths]) => ({ cause, reason, paths })));
}
function distinct(values, max) {
    const unique = [...new Set(values)];
    return {
        shown: unique.slice(0, max),
        rest: Math.max(0, unique.length - max),
    };
}
function memberOf(map, key, make) {
    const known = map.get(key);
    if (known !== undefined)
        return known;
    const made = make();
    map.set(key, made);
    return made;
}

;// CONCATENATED MODULE: ./lib/core/render/ledger-words.js

const TRAININGS_SHOWN = 4;
function ledgerWords({ ledgers }) {
    const shown = ledgers.slice(0, TRAININGS_SHOWN).flatMap((ledger, at) => {
        const words = ledger_words_wordsOf(ledger, ledgers.length === 1);
        if (words === null)
            return [];
        return ledgers.length === 1
            ? [`Steps: ${words}`]
            : [`Steps of training ${at + 1} of ${ledgers.length}: ${words}`];
    });
    const rest = ledgers.length - TRAININGS_SHOWN;
    return rest > 0
        ? [...shown, `Steps of ${formatNumber(rest)} more: in the JSON report`]
        : shown;
}
function ledger_words_wordsOf(ledger, isOnly) {
    const { present, broken, rotated, missing, cadence } = ledger;
    const [only, ...more] = present;
    const isSingle = only?.every === 0 && more.length === 0;
    if (isSingle && missing.length === 0 && rotated.length === 0)
        return null;
    const part = (steps, state) => steps.length === 0 ? [] : [`${formatSteps(steps)} ${state}`];
    return [
        ...part(present, 'there'),
        ...part(missing, 'missing'),
        ...part(rotated, `gone, as a limit on checkpoints leaves ${ledger_words_isOne(rotated) ? 'it' : 'them'}`),
        ...part(broken, 'broken'),
        ...(cadence === null ? [] : paceWords(ledger, cadence, isOnly)),
    ].join('; ');
}
function ledger_words_isOne([first, ...others]) {
    return first?.every === 0 && others.length === 0;
}
function paceWords(ledger, cadence, isOnly) {
    const { present } = ledger;
    const told = cadenceWords(cadence);
    if (!isOnly || !hasSilentGaps(ledger, cadence))
        return [told];
    const seen = present.length === 1 ? (present[0]?.every ?? 0) : 0;
    return seen > cadence.every
        ? [`a save every ${formatNumber(seen)} seen, ${told}`]
        : ['others between them absent, which may never have been due', told];
}
function hasSilentGaps({ present, rotated, missing }, { every }) {
    const first = present[0]?.first;
    const last = present.at(-1)?.last;
    if (first === undefined || last === undefined || every < 1)
        return false;
    const due = Math.floor(last / every) - Math.ceil(first / every) + 1;
    const told = [...present, ...rotated, ...missing]
        .filter((span) => span.first >= first && span.last <= last)
        .reduce((sum, span) => sum + stepsIn(span), 0);
    return told < due;
}
function cadenceWords({ every, source }) {
    const often = `a save every ${formatNumber(every)}`;
    switch (source) {
        case 'declared':
            return `${often} (declared)`;
        case 'state':
            return `${often} (save_steps)`;
        case 'inferred':
            return `${often} (inferred)`;
    }
}

;// CONCATENATED MODULE: ./lib/core/render/markdown-budget.js
function fitParts(parts, maxBytes) {
    const frames = parts.reduce((sum, part) => sum + frameBytes(part), 0);
    let left = maxBytes - frames;
    const taken = new Map();
    const byRank = parts
        .flatMap(({ lines }) => (lines === undefined ? [] : [lines]))
        .sort((one, other) => one.rank - other.rank);
    for (const share of [0.5, 1])
        for (const lines of byRank) {
            const kept = taken.get(lines) ?? [];
            left -= markdown_budget_take(lines, kept, left * share);
            taken.set(lines, kept);
        }
    return parts
        .flatMap(({ before = [], lines, after = [] }) => {
        const kept = lines === undefined ? [] : (taken.get(lines) ?? []);
        const isCut = lines !== undefined && kept.length < lines.count;
        const omitted = isCut ? lines.omitted(kept.length) : [];
        return [...before, ...kept, ...omitted, ...after];
    })
        .map((line) => `${line}\n`)
        .join('');
}
function markdown_budget_take(lines, kept, maxBytes) {
    let bytes = 0;
    while (kept.length < lines.count) {
        const line = lines.at(kept.length);
        const more = markdown_budget_bytesOf([line]);
        if (bytes + more > maxBytes)
            break;
        bytes += more;
        kept.push(line);
    }
    return bytes;
}
function frameBytes({ before = [], lines, after = [] }) {
    const omitted = lines === undefined || lines.count === 0 ? [] : lines.omitted(0);
    return markdown_budget_bytesOf([...before, ...omitted, ...after]);
}
const ENCODER = new TextEncoder();
function markdown_budget_bytesOf(lines) {
    return lines.reduce((sum, line) => sum + ENCODER.encode(line).length + 1, 0);
}

;// CONCATENATED MODULE: ./lib/core/render/shorten.js
const TWO_CELLS = [
    String.raw `\p{Regional_Indicator}{2}`,
    String.raw `\p{Emoji_Modifier_Base}\p{Emoji_Modifier}`,
    String.raw `\p{Emoji}\u{fe0f}\u{20e3}?`,
    String.raw `\p{Emoji_Presentation}`,
    String.raw `[\u{1100}-\u{115f}\u{2329}\u{232a}\u{2630}-\u{2637}\u{268a}-\u{268f}]`,
    String.raw `[\u{2e80}-\u{303e}\u{3041}-\u{3247}\u{3250}-\u{a4cf}\u{a960}-\u{a97f}]`,
    String.raw `[\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe10}-\u{fe19}\u{fe30}-\u{fe6f}]`,
    String.raw `[\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}]`,
    String.raw `[\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]`,
].join('|');
const NO_CELL = String.raw `[\p{M}\u{1160}-\u{11ff}\u{d7b0}-\u{d7ff}]`;
let character = null;
const ONLY_ASCII = /^[ -~]*$/;
function charactersOf(text) {
    character ??= new RegExp(`(?:(${TWO_CELLS})|.)${NO_CELL}*`, 'gsu');
    return [...text.matchAll(character)].map(([whole, wide]) => ({
        text: whole,
        cells: wide === undefined ? 1 : 2,
    }));
}
function displayWidth(text) {
    if (ONLY_ASCII.test(text))
        return text.length;
    return charactersOf(text).reduce((sum, { cells }) => sum + cells, 0);
}
const ELLIPSIS = '…';
function shortenMiddle(text, width) {
    if (displayWidth(text) <= width)
        return text;
    const characters = charactersOf(text);
    const room = Math.max(0, width - ELLIPSIS.length);
    const head = takeCells(characters, Math.floor(room / 2));
    const tail = takeCells(characters.toReversed(), Math.ceil(room / 2));
    return head.join('') + ELLIPSIS + tail.toReversed().join('');
}
function takeCells(characters, width) {
    const taken = [];
    let left = width;
    for (const { text, cells } of characters) {
        left -= cells;
        if (left < 0)
            break;
        taken.push(text);
    }
    return taken;
}
function shortenEnd(text, maxCharacters) {
    if (text.length <= maxCharacters)
        return text;
    const cut = text.slice(0, maxCharacters);
    const space = cut.lastIndexOf(' ');
    return `${space > 0 ? cut.slice(0, space) : cut} ${ELLIPSIS}`;
}
const FIRST_SENTENCE = /^.*?[.!?](?= +[A-Z`])/su;
function firstSentence(text) {
    return FIRST_SENTENCE.exec(text)?.[0] ?? text;
}

;// CONCATENATED MODULE: ./lib/core/render/rows.js


const CONCERN = { error: 0, warning: 1, unread: 2, none: 3 };
function rowsByRun(report) {
    const ofCheckpoint = firstFindings(report, 'checkpoint');
    const ofRun = firstFindings(report, 'run');
    const rows = new Map();
    for (const checkpoint of report.checkpoints) {
        const row = rowOf(checkpoint, ofCheckpoint.get(checkpoint.path) ?? null);
        memberOf(rows, checkpoint.run, () => []).push(row);
    }
    return report.runs.map((run) => {
        const own = rows.get(run.path) ?? [];
        const firstFinding = ofRun.get(run.path) ?? null;
        const concern = own.reduce((worst, row) => (row.concern < worst ? row.concern : worst), concernOf(firstFinding));
        return { run, rows: own, firstFinding, concern };
    });
}
function firstFindings({ findings }, place) {
    const first = new Map();
    for (const finding of findings) {
        const path = finding.where[place];
        if (path !== undefined && !first.has(path))
            first.set(path, finding);
    }
    return first;
}
function rowOf(checkpoint, first) {
    const { path, step, weightsBytes, tensors, answers, required } = checkpoint;
    return {
        path,
        name: nameBelow(checkpoint),
        step: step === null ? '' : String(step),
        kind: rows_kindOf(checkpoint),
        size: weightsBytes === null ? '' : formatBytes(weightsBytes),
        tensors: tensors === null ? '' : formatNumber(tensors),
        ...answers,
        firstFinding: first,
        required,
        concern: rowConcern(answers, first),
    };
}
function rowConcern(answers, first) {
    const values = Object.values(answers).map(({ value }) => value);
    if (values.includes('no'))
        return CONCERN.error;
    const found = concernOf(first);
    if (found === CONCERN.error)
        return found;
    if (values.includes('doubtful'))
        return CONCERN.warning;
    if (found === CONCERN.warning)
        return found;
    return answers.loads.value === 'not checked' ? CONCERN.unread : CONCERN.none;
}
function concernOf(finding) {
    const severity = finding?.severity ?? 'notice';
    return severity === 'notice' ? CONCERN.none : CONCERN[severity];
}
function nameBelow({ path, run }) {
    if (path === run)
        return '(root)';
    const prefix = run.endsWith('/') ? run : `${run}/`;
    return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}
function rows_kindOf(checkpoint) {
    const { holds, peftType, producer } = checkpoint;
    if (holds === 'nothing')
        return 'none';
    if (peftType !== null)
        return `${holds} (${peftType})`;
    const isNative = /^(?:PEFT|transformers|unknown)/.test(producer);
    return isNative ? holds : `${holds} (${producer})`;
}

;// CONCATENATED MODULE: ./lib/core/render/tables.js


const MAX_RUN_TABLES = 4;
function tablesOf(report) {
    const runs = rowsByRun(report);
    if (runs.length <= MAX_RUN_TABLES)
        return { kind: 'run-tables', runs };
    const sorted = worstFirst(runs);
    const rows = sorted.flatMap((run) => run.rows.map((row) => ({ ...row, name: row.path })));
    return runs.every((run) => run.rows.length === 1)
        ? { kind: 'one-table', rows }
        : { kind: 'overview', runs: sorted, rows };
}
function selectRows(rows, { all, open, newest }) {
    if (rows.length <= all)
        return { open: rows, folded: [], words: '' };
    const troubled = worstFirst(rows.filter(({ concern }) => concern !== CONCERN.none));
    const loading = rows.filter((row) => row.concern === CONCERN.none && isLoading(row));
    const bad = troubled.slice(0, open - Math.min(newest, loading.length));
    const chosen = new Set(bad);
    const room = newest === 0 ? 0 : open - bad.length;
    const good = loading.slice(Math.max(0, loading.length - room));
    for (const row of good)
        chosen.add(row);
    return {
        open: [...bad, ...good],
        folded: rows.filter((row) => !chosen.has(row)),
        words: selectionWords(troubled.length, bad.length, good.length),
    };
}
function isLoading({ loads }) {
    return loads.value === 'yes' || loads.value === 'doubtful';
}
function selectionWords(troubled, bad, good) {
    const worst = bad < troubled
        ? `the first ${formatNumber(bad)} of ${formatNumber(troubled)} that need a look`
        : bad === 1
            ? 'the one that needs a look'
            : `the ${formatNumber(bad)} that need a look`;
    const newest = good === 1
        ? 'the newest that loads'
        : `the newest ${formatNumber(good)} that load`;
    if (bad === 0)
        return good === 0 ? '' : newest;
    return good === 0 ? worst : `${worst}, then ${newest}`;
}
function worstFirst(all) {
    return [...all].sort((left, right) => left.concern - right.concern);
}
function countAnswers(rows, question) {
    const order = ['no', 'doubtful', 'not checked', 'not applicable', 'yes'];
    const counts = new Map(order.map((value) => [value, 0]));
    for (const row of rows) {
        const { value } = row[question];
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
        .filter(([, count]) => count > 0)
        .map(([value, count]) => ({ value, count }));
}

;// CONCATENATED MODULE: ./lib/core/render/markdown-table.js




const SEVERITY_SIGNS = {
    error: '❌',
    warning: '⚠️',
    notice: 'ℹ️',
};
const MAX_NAME = 60;
const MAX_FINDING = 100;
const MAX_UNBROKEN = 20;
function tableOf(all, entries) {
    const columns = all.filter(({ isSaying }) => isSaying === undefined || entries.some(isSaying));
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return {
        head: [
            line(columns.map(({ head }) => head)),
            line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
        ],
        lines: (some, rank, noun) => ({
            count: some.length,
            at: (index) => some
                .slice(index, index + 1)
                .map((one) => line(columns.map(({ cell }) => cell(one))))
                .join(''),
            omitted: (from) => ['', omittedWords(some.length - from, noun)],
            rank,
        }),
    };
}
function rowTable(rows) {
    return tableOf(ROW_COLUMNS, rows);
}
function runTable(runs) {
    return tableOf(RUN_COLUMNS, runs);
}
const ROW_COLUMNS = [
    { head: 'Checkpoint', cell: ({ name }) => nameWords(name) },
    {
        head: 'Step',
        cell: ({ step }) => step,
        isNumber: true,
        isSaying: ({ step }) => step !== '',
    },
    { head: 'Kind', cell: ({ kind }) => unbroken(escapeMarkdown(kind)) },
    {
        head: 'Weights',
        cell: ({ size }) => unbroken(size),
        isNumber: true,
        isSaying: ({ size }) => size !== '',
    },
    {
        head: 'Tensors',
        cell: ({ tensors }) => tensors,
        isNumber: true,
        isSaying: ({ tensors }) => tensors !== '',
    },
    { head: 'Loads', cell: ({ loads }) => answerWords(loads) },
    { head: 'Trained', cell: ({ trained }) => answerWords(trained) },
    { head: 'Resumes', cell: ({ resumes }) => answerWords(resumes) },
    {
        head: 'First finding',
        cell: rowFindingWords,
        isSaying: ({ firstFinding, required }) => firstFinding !== null || !required,
    },
];
const RUN_COLUMNS = [
    { head: 'Run', cell: ({ run }) => nameWords(run.path) },
    {
        head: 'Checkpoints',
        cell: ({ rows }) => formatNumber(rows.length),
        isNumber: true,
    },
    { head: 'Loads', cell: ({ rows }) => countWords(rows, 'loads') },
    {
        head: 'Trained',
        cell: ({ rows }) => countWords(rows, 'trained'),
        isSaying: ({ rows }) => rows.some(({ trained }) => markdown_table_isAnswered(trained)),
    },
    {
        head: 'Resumes',
        cell: ({ rows }) => countWords(rows, 'resumes'),
        isSaying: ({ rows }) => rows.some(({ resumes }) => markdown_table_isAnswered(resumes)),
    },
    {
        head: 'Newest that loads',
        cell: newestWords,
        isSaying: ({ run }) => run.newestLoadable !== null,
    },
    {
        head: 'First finding',
        cell: ({ firstFinding }) => firstFinding === null ? '' : findingWords(firstFinding),
        isSaying: ({ firstFinding }) => firstFinding !== null,
    },
];
function nameWords(name) {
    return markdownCode(shortenMiddle(name, MAX_NAME));
}
function answerWords({ value }) {
    return value === 'no' ? '**no**' : unbroken(value);
}
function unbroken(words) {
    return words.length > MAX_UNBROKEN ? words : words.replaceAll(' ', '&nbsp;');
}
function countWords(rows, question) {
    return countAnswers(rows, question)
        .map(({ value, count }) => value === 'no'
        ? `**${formatNumber(count)}&nbsp;no**`
        : unbroken(`${formatNumber(count)} ${value}`))
        .join(', ');
}
function markdown_table_isAnswered({ value }) {
    return value !== 'not checked' && value !== 'not applicable';
}
function newestWords({ run, rows }) {
    if (run.newestLoadable === null)
        return '';
    const row = rows.find(({ path }) => path === run.newestLoadable);
    return nameWords(row?.name ?? run.newestLoadable);
}
function rowFindingWords({ firstFinding, required }) {
    if (firstFinding === null)
        return required ? '' : 'not required';
    const note = required ? '' : ' (not required)';
    return `${findingWords(firstFinding)}${note}`;
}
function findingWords({ severity, text }) {
    const short = shortenEnd(firstSentence(text), MAX_FINDING);
    return `${SEVERITY_SIGNS[severity]} ${escapeMarkdown(short)}`;
}
function omittedWords(count, noun) {
    return `… and ${formatCount(count, `more ${noun}`)}, left out here for length; the JSON report has all.`;
}

;// CONCATENATED MODULE: ./lib/core/render/markdown-findings.js




const OPEN_CAUSES = 10;
const MAX_PLACES = 5;
const MAX_QUOTES = 4;
const MAX_PATHS = 10;
const OPEN_UNREAD = 10;
function findingParts(findings, ranks) {
    if (findings.length === 0)
        return [];
    const causes = causesOf(findings);
    const open = causes.slice(0, OPEN_CAUSES);
    const folded = causes.slice(OPEN_CAUSES);
    const words = formatCount(findingsFrom(folded, 0), 'more finding');
    return [
        { before: ['### Findings', ''], lines: causeLines(open, ranks.open) },
        ...(folded.length === 0
            ? []
            : [
                {
                    before: [`<details><summary>${words}</summary>`, ''],
                    lines: causeLines(folded, ranks.folded),
                    after: ['</details>', ''],
                },
            ]),
    ];
}
function causeLines(causes, rank) {
    return {
        count: causes.length,
        at: (index) => causes
            .slice(index, index + 1)
            .map(causeBlock)
            .join(''),
        omitted: (from) => [
            omittedWords(findingsFrom(causes, from), 'finding'),
            '',
        ],
        rank,
    };
}
function findingsFrom(causes, from) {
    return causes
        .slice(from)
        .reduce((sum, { findings }) => sum + findings.length, 0);
}
function causeBlock(cause) {
    const { findings, check, severity, first } = cause;
    const quotes = distinct(findings.flatMap(({ loaderErrors }) => loaderErrors), MAX_QUOTES);
    const quoted = [
        ...quotes.shown.map(markdownCode),
        ...(quotes.rest === 0
            ? []
            : [`${formatNumber(quotes.rest)} more in the JSON report`]),
    ].join(' or ');
    const sign = SEVERITY_SIGNS[severity];
    const head = findings.length === 1
        ? `**${sign} ${severity}** ${markdownCode(first.where.path)} (${check})`
        : `**${sign} ${formatCount(findings.length, severity)}** of one cause (${check})`;
    return [
        head,
        '',
        ...(findings.length === 1 ? [] : [`- **Where:** ${placeWords(cause)}`]),
        `- **What:** ${commonWords(cause, ({ text }) => text)}`,
        `- **Why it matters:** ${commonWords(cause, ({ why }) => why)}`,
        `- **What to do:** ${commonWords(cause, ({ fix }) => fix)}`,
        ...(quoted === '' ? [] : [`- **The loader says:** ${quoted}`]),
        '',
    ].join('\n');
}
function placeWords({ findings }) {
    const { shown, rest } = distinct(findings.map(({ where }) => where.path), MAX_PLACES);
    const more = rest === 0 ? '' : ` and ${formatNumber(rest)} more, all in the JSON report`;
    return shown.map(markdownCode).join(', ') + more;
}
function commonWords({ findings, first }, wordsOf) {
    const words = wordsOf(first);
    const others = findings.filter((one) => wordsOf(one) !== words).length;
    const note = others === 0
        ? ''
        : ` (This is the first; ${formatNumber(others)} of the others ${others === 1 ? 'differs' : 'differ'} in words, see the JSON report.)`;
    return escapeSentence(words) + note;
}
function skippedParts(skipped, ranks) {
    const groups = skipGroupsOf(skipped);
    const isUnread = ({ cause }) => cause === 'io' || cause === 'limit';
    const unread = groups.filter(isUnread);
    const open = unread.slice(0, OPEN_UNREAD);
    const folded = [
        ...unread.slice(OPEN_UNREAD),
        ...groups.filter((group) => !isUnread(group)),
    ];
    const words = `Not examined: ${formatCount(skipsFrom(folded, 0), 'place')}`;
    return [
        ...(open.length === 0
            ? []
            : [
                {
                    before: ['### Could not be read', ''],
                    lines: skipLines(open, ranks.open),
                    after: [''],
                },
            ]),
        ...(folded.length === 0
            ? []
            : [
                {
                    before: [`<details><summary>${words}</summary>`, ''],
                    lines: skipLines(folded, ranks.folded),
                    after: ['', '</details>', ''],
                },
            ]),
    ];
}
function skipLines(groups, rank) {
    return {
        count: groups.length,
        at: (index) => groups
            .slice(index, index + 1)
            .map(skipLine)
            .join(''),
        omitted: (from) => ['', omittedWords(skipsFrom(groups, from), 'place')],
        rank,
    };
}
function skipsFrom(groups, from) {
    return groups.slice(from).reduce((sum, { paths }) => sum + paths.length, 0);
}
function skipLine({ paths, reason, cause }) {
    const shown = paths.slice(0, MAX_PATHS).map(markdownCode).join(', ');
    const rest = paths.length - MAX_PATHS;
    const more = rest > 0
        ? ` and ${formatCount(rest, 'more place')}, all in the JSON report`
        : '';
    return `- ${shown}${more}: ${escapeMarkdown(reason)} (${cause})`;
}

;// CONCATENATED MODULE: ./lib/core/render/resume-words.js


const MAX_SHOWN = 3;
function resumeLines({ newestResumable, resume, }) {
    const blockedBy = resume?.blockedBy ?? [];
    if (newestResumable === null)
        return [];
    const pass = [resume?.pass ?? ''].filter(isCopyable);
    const commands = (resume?.moveAway ?? []).filter(isCopyable);
    return [
        line('Resume from here:', [newestResumable]),
        typed(`With ${resume?.framework ?? ''}:`, pass),
        line('In its way, since the highest number is taken:', blockedBy),
        typed('Move out of the way:', commands),
    ].filter(({ codes }) => codes.length > 0);
}
function line(words, codes) {
    const rest = codes.length - MAX_SHOWN;
    return {
        words,
        codes: codes.slice(0, MAX_SHOWN),
        isTyped: false,
        more: rest > 0 ? `and ${formatCount(rest, 'more', 'more')}` : '',
    };
}
function typed(words, codes) {
    return { ...line(words, codes), isTyped: true };
}
function isCopyable(code) {
    return code !== '' && escapeTerminal(code) === code;
}

;// CONCATENATED MODULE: ./lib/core/render/markdown.js









const MAX_BYTES = 900_000;
const ROW_LIMITS = { all: 30, open: 20, newest: 5 };
const OPEN_RUNS = 20;
const OPEN_SINGLES = 40;
const OPEN_REASONS = 8;
const RANKS = {
    openRows: 0,
    openFindings: 1,
    openUnread: 2,
    openReasons: 3,
    foldedFindings: 4,
    foldedRows: 5,
    foldedSkips: 6,
    foldedReasons: 7,
};
const VERDICT_SIGNS = {
    pass: '✅',
    fail: '❌',
    inconclusive: '❓',
};
function renderMarkdown(report, { maxBytes = MAX_BYTES } = {}) {
    return fitParts([
        { before: headLines(report) },
        ...tableParts(report),
        ...reasonParts(report),
        ...findingParts(report.findings, {
            open: RANKS.openFindings,
            folded: RANKS.foldedFindings,
        }),
        ...skippedParts(report.skipped, {
            open: RANKS.openUnread,
            folded: RANKS.foldedSkips,
        }),
        { before: footerLines(report) },
    ], maxBytes);
}
function headLines({ verdict, headline }) {
    return [
        `## ${VERDICT_SIGNS[verdict]} Checkpoint Gate: ${verdict}`,
        '',
        ...(headline === verdict
            ? []
            : [`${escapeMarkdown(restOf(headline))}.`, '']),
    ];
}
function restOf(headline) {
    const rest = headline.slice(headline.indexOf('; ') + 2);
    return rest.charAt(0).toUpperCase() + rest.slice(1);
}
function tableParts(report) {
    const tables = tablesOf(report);
    switch (tables.kind) {
        case 'run-tables':
            return tables.runs.flatMap(runParts);
        case 'one-table': {
            const count = formatNumber(tables.rows.length);
            return [
                { before: [`### ${count} runs of one checkpoint each`, ''] },
                ...openAndFolded(tables.rows.slice(0, OPEN_SINGLES), tables.rows.slice(OPEN_SINGLES), []),
            ];
        }
        case 'overview':
            return overviewParts(tables.runs, tables.rows);
    }
}
function runParts({ run, rows }) {
    const heading = [`### ${markdownCode(run.path)}`, ''];
    return rows.length === 0
        ? [{ before: [...heading, 'No checkpoint.', ''] }]
        : [
            { before: heading },
            ...selectionParts(rows, [
                ...ledgerLines(run),
                ...newestLines(run, rows.length),
            ]),
        ];
}
function selectionParts(rows, after) {
    const { open, folded, words } = selectRows(rows, ROW_LIMITS);
    const count = formatCount(rows.length, 'checkpoint');
    return [
        { before: words === '' ? [] : [`${count}; here ${words}.`, ''] },
        ...openAndFolded(open, folded, after),
    ];
}
function openAndFolded(open, folded, after) {
    const table = rowTable([...open, ...folded]);
    const more = open.length === 0 ? 'checkpoint' : 'more checkpoint';
    const openPart = open.length === 0
        ? { before: after }
        : {
            before: table.head,
            lines: table.lines(open, RANKS.openRows, 'row'),
            after: ['', ...after],
        };
    return folded.length === 0
        ? [openPart]
        : [
            openPart,
            foldedTable(formatCount(folded.length, more), table, folded, 'row'),
        ];
}
function overviewParts(runs, rows) {
    const table = runTable(runs);
    const more = runs.slice(OPEN_RUNS);
    const all = `All ${formatCount(rows.length, 'checkpoint')}, run by run`;
    return [
        {
            before: [`### ${formatCount(runs.length, 'run')}`, '', ...table.head],
            lines: table.lines(runs.slice(0, OPEN_RUNS), RANKS.openRows, 'run'),
            after: [''],
        },
        ...(more.length === 0
            ? []
            : [
                foldedTable(formatCount(more.length, 'more run'), table, more, 'run'),
            ]),
        ...(rows.length === 0
            ? []
            : [foldedTable(all, rowTable(rows), rows, 'row')]),
    ];
}
function foldedTable(words, table, entries, noun) {
    return {
        before: [`<details><summary>${words}</summary>`, '', ...table.head],
        lines: table.lines(entries, RANKS.foldedRows, noun),
        after: ['', '</details>', ''],
    };
}
function ledgerLines(run) {
    return ledgerWords(run).flatMap((words) => [escapeMarkdown(words), '']);
}
function newestLines(run, checkpoints) {
    const { newestLoadable } = run;
    const loadable = checkpoints < 2 || newestLoadable === null
        ? []
        : [`Newest that loads: ${markdownCode(newestLoadable)}`, ''];
    return [...loadable, ...resumeLines(run).flatMap(resumeParagraph)];
}
function resumeParagraph({ words, codes, isTyped, more }) {
    if (isTyped)
        return [
            escapeMarkdown(words),
            '',
            ...codes.flatMap((code) => [markdownBlock(code), '']),
            ...(more === '' ? [] : [more, '']),
        ];
    const shown = [...codes.map(markdownCode), more].filter(Boolean).join(' ');
    return [`${escapeMarkdown(words)} ${shown}`, ''];
}
function reasonParts(report) {
    if (report.checkpoints.length === 0)
        return [];
    const reasons = reasonsOf(report);
    const more = reasons.slice(OPEN_REASONS);
    const words = formatCount(more.length, 'more reason');
    return [
        {
            lines: reasonLines(reasons.slice(0, OPEN_REASONS), RANKS.openReasons),
            after: [`- ${escapeSentence(report.scope)}`, ''],
        },
        ...(more.length === 0
            ? []
            : [
                {
                    before: [`<details><summary>${words}</summary>`, ''],
                    lines: reasonLines(more, RANKS.foldedReasons),
                    after: ['', '</details>', ''],
                },
            ]),
    ];
}
function reasonLines(reasons, rank) {
    return {
        count: reasons.length,
        at: (index) => reasons
            .slice(index, index + 1)
            .map(reasonLine)
            .join(''),
        omitted: (from) => [`- ${omittedWords(reasons.length - from, 'reason')}`],
        rank,
    };
}
function reasonLine({ questions, words }) {
    return `- ${questions.join(', ')} ${escapeMarkdown(words)}`;
}
function footerLines({ tool, examined, checkpoints }) {
    const loaders = Object.entries(tool.loaders)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ');
    const counts = `${formatCount(examined.files, 'file')} in ${formatCount(examined.folders, 'folder')} listed, ${formatCount(checkpoints.length, 'checkpoint')} found.`;
    return [
        `<sub>${counts} Checkpoint Gate ${tool.version}, answering for ${loaders}.</sub>`,
        '',
    ];
}

;// CONCATENATED MODULE: ./lib/core/render/text-layout.js

const GAP = '  ';
function alignRows(columns, rows, width) {
    const fitted = fitColumns(columns, rows, width);
    return [columns.map(({ head }) => head), ...rows].map((row) => fitted
        .map(({ at, width: most, isNumber }) => {
        const cell = shortenMiddle(row[at] ?? '', most);
        const pad = ' '.repeat(Math.max(0, most - displayWidth(cell)));
        return isNumber ? pad + cell : cell + pad;
    })
        .join(GAP)
        .trimEnd());
}
function fitColumns(columns, rows, width) {
    const filled = columns.flatMap((column, at) => {
        const widths = rows.map((row) => displayWidth(row[at] ?? ''));
        const widest = widths.reduce((most, one) => Math.max(most, one), 0);
        const own = Math.max(widest, displayWidth(column.head));
        return widest === 0 ? [] : [{ ...column, at, width: own }];
    });
    const kept = dropColumns(filled, width);
    let excess = totalWidth(kept) - width;
    return kept.map((column) => {
        const give = column.width - (column.minWidth ?? column.width);
        const less = Math.max(0, Math.min(give, excess));
        excess -= less;
        return { ...column, width: column.width - less };
    });
}
function dropColumns(columns, width) {
    const ranks = columns.flatMap(({ dropRank = null }) => dropRank === null ? [] : [dropRank]);
    let kept = columns;
    for (const rank of ranks.sort((left, right) => left - right))
        if (totalWidth(kept) > width)
            kept = kept.filter(({ dropRank }) => dropRank !== rank);
    return kept;
}
function totalWidth(columns) {
    return columns.reduce((sum, column) => sum + column.width + GAP.length, -GAP.length);
}
const NO_INDENT = { first: '', rest: '' };
const text_layout_WORD = /( *)((?:`[^`]*`|[^ ])+)/g;
function wrap(text, width, indent = NO_INDENT) {
    const lines = [];
    let line = indent.first;
    let used = displayWidth(line);
    let isEmpty = true;
    for (const [, gap = '', word = ''] of text.matchAll(text_layout_WORD)) {
        const more = displayWidth(word);
        if (!isEmpty && used + gap.length + more > width) {
            lines.push(line);
            line = indent.rest;
            used = displayWidth(line);
            isEmpty = true;
        }
        line += isEmpty ? word : gap + word;
        used += isEmpty ? more : gap.length + more;
        isEmpty = false;
    }
    return [...lines, line];
}

;// CONCATENATED MODULE: ./lib/core/render/text-table.js








const text_table_ROW_LIMITS = { all: 60, open: 40, newest: 5 };
const OVERVIEW_LIMITS = { all: 60, open: 40, newest: 0 };
const MAX_RUNS = 40;
const MAX_SINGLES = 60;
const text_table_ROW_COLUMNS = [
    { head: 'CHECKPOINT', minWidth: 14 },
    { head: 'STEP', isNumber: true },
    { head: 'KIND', minWidth: 7 },
    { head: 'SIZE', isNumber: true, dropRank: 2 },
    { head: 'TENSORS', isNumber: true, dropRank: 1 },
    { head: 'LOADS' },
    { head: 'TRAINED' },
    { head: 'RESUMES' },
];
const PATH_COLUMNS = text_table_ROW_COLUMNS.map((column) => {
    if (column.head === 'STEP')
        return { ...column, dropRank: 3 };
    return column.head === 'KIND' ? { ...column, dropRank: 4 } : column;
});
const text_table_RUN_COLUMNS = [
    { head: 'RUN', minWidth: 14 },
    { head: 'CHECKPOINTS', isNumber: true, dropRank: 1 },
    { head: 'LOADS' },
    { head: 'NEWEST THAT LOADS', minWidth: 17 },
    { head: 'FIRST FINDING', minWidth: 13 },
];
function tableSections(page) {
    const tables = tablesOf(page.report);
    switch (tables.kind) {
        case 'run-tables':
            return tables.runs.map((run) => runSection(page, run));
        case 'one-table':
            return [singlesSection(page, tables.rows)];
        case 'overview':
            return [
                overviewSection(page, tables.runs),
                checkpointsSection(page, tables.rows),
            ];
    }
}
function singlesSection(page, rows) {
    const shown = rows.slice(0, MAX_SINGLES);
    return [
        page.paint.bold(`${formatNumber(rows.length)} runs of one checkpoint each`),
        ...paintedTable(page, PATH_COLUMNS, shown, rowCells),
        ...moreLines(rows.length - shown.length, 'checkpoint'),
    ];
}
function checkpointsSection(page, rows) {
    if (rows.length === 0)
        return [];
    return [
        page.paint.bold('Checkpoints'),
        ...selectedLines(page, PATH_COLUMNS, selectRows(rows, OVERVIEW_LIMITS)),
    ];
}
function runSection(page, { run, rows }) {
    const selection = selectRows(rows, text_table_ROW_LIMITS);
    return [
        page.paint.bold(`Run ${escapeTerminal(run.path)}`),
        ...(rows.length === 0
            ? ['No checkpoint.']
            : selectedLines(page, text_table_ROW_COLUMNS, selection)),
        ...text_table_ledgerLines(page, run),
        ...text_table_newestLines(run, rows.length),
        ...resumeLines(run).flatMap((line) => resumeText(page, line)),
    ];
}
function selectedLines(page, columns, { open, folded, words }) {
    const count = formatCount(open.length + folded.length, 'checkpoint');
    return [
        ...(words === '' ? [] : wrap(`${count}; here ${words}.`, page.width)),
        ...(open.length === 0 ? [] : paintedTable(page, columns, open, rowCells)),
        ...moreLines(folded.length, 'checkpoint'),
    ];
}
function rowCells(row) {
    return [
        escapeTerminal(row.name),
        row.step,
        escapeTerminal(row.kind, 30),
        row.size,
        row.tensors,
        row.loads.value,
        row.trained.value,
        row.resumes.value,
    ];
}
function overviewSection(page, runs) {
    const shown = runs.slice(0, MAX_RUNS);
    return [
        page.paint.bold(formatCount(runs.length, 'run')),
        ...paintedTable(page, text_table_RUN_COLUMNS, shown, runCells),
        ...moreLines(runs.length - shown.length, 'run'),
    ];
}
function runCells({ run, rows, firstFinding }) {
    const loads = countAnswers(rows, 'loads')
        .map(({ value, count }) => `${formatNumber(count)} ${value}`)
        .join(', ');
    const newest = rows.find(({ path }) => path === run.newestLoadable);
    return [
        escapeTerminal(run.path),
        formatNumber(rows.length),
        loads,
        escapeTerminal(newest?.name ?? run.newestLoadable ?? ''),
        firstFinding?.check ?? '',
    ];
}
function paintedTable({ paint, width }, columns, entries, cells) {
    const [head = '', ...body] = alignRows(columns, entries.map(cells), width);
    return [
        paint.dim(head),
        ...body.map((line, at) => {
            const concern = entries[at]?.concern;
            if (concern === CONCERN.error)
                return paint.severity('error', line);
            if (concern === CONCERN.warning)
                return paint.severity('warning', line);
            return line;
        }),
    ];
}
function text_table_ledgerLines({ width }, run) {
    return ledgerWords(run).flatMap((words) => wrap(escapeTerminal(words), width, { first: '', rest: '  ' }));
}
function text_table_newestLines(run, checkpoints) {
    if (checkpoints < 2 || run.newestLoadable === null)
        return [];
    return [`Newest that loads: ${escapeTerminal(run.newestLoadable)}`];
}
function resumeText({ width }, { words, codes, isTyped, more }) {
    const shown = [...codes.map((code) => escapeTerminal(code)), more];
    const [first = '', ...others] = shown.filter(Boolean);
    const whole = `${words} ${first}`;
    if (!isTyped && others.length === 0 && displayWidth(whole) <= width)
        return [whole];
    return [
        ...wrap(words, width),
        ...[first, ...others].map((text) => `  ${text}`),
    ];
}
function moreLines(count, noun) {
    return count === 0
        ? []
        : [`… and ${formatCount(count, `more ${noun}`)} (see --format json)`];
}

;// CONCATENATED MODULE: ./lib/core/render/text-findings.js





const MAX_CAUSES = 50;
const text_findings_MAX_PLACES = 5;
const text_findings_MAX_QUOTES = 4;
const MAX_MESSAGE = 2000;
const MAX_REASONS = 20;
const text_findings_MAX_PATHS = 3;
function findingsSection(page) {
    const causes = causesOf(page.report.findings);
    const rest = causes
        .slice(MAX_CAUSES)
        .reduce((sum, { findings }) => sum + findings.length, 0);
    return [
        ...causes
            .slice(0, MAX_CAUSES)
            .flatMap((cause, at) => [
            ...(at === 0 ? [] : ['']),
            ...text_findings_causeLines(page, cause),
        ]),
        ...(rest === 0 ? [] : ['', ...moreLines(rest, 'finding')]),
    ];
}
function text_findings_causeLines({ paint, width }, cause) {
    const { severity, check, findings, first } = cause;
    const head = findings.length === 1
        ? `${severity}: ${escapeTerminal(first.where.path)} [${check}]`
        : `${formatCount(findings.length, severity)} of one cause [${check}]`;
    const part = (label, words) => wrap(words, width, {
        first: `  ${label}`,
        rest: ' '.repeat(2 + label.length),
    });
    const quotes = distinct(findings.flatMap(({ loaderErrors }) => loaderErrors), text_findings_MAX_QUOTES);
    return [
        ...wrap(head, width, { first: '', rest: '  ' }).map((line) => paint.severity(severity, line)),
        ...(findings.length === 1 ? [] : part('Where: ', text_findings_placeWords(cause))),
        ...part('What:  ', text_findings_commonWords(cause, ({ text }) => text)),
        ...part('Why:   ', text_findings_commonWords(cause, ({ why }) => why)),
        ...part('Fix:   ', text_findings_commonWords(cause, ({ fix }) => fix)),
        ...quotes.shown.flatMap((words) => part('Error: ', escapeTerminal(words, MAX_MESSAGE))),
        ...(quotes.rest === 0
            ? []
            : part('Error: ', `${formatNumber(quotes.rest)} more (see --format json)`)),
    ];
}
function text_findings_placeWords({ findings }) {
    const { shown, rest } = distinct(findings.map(({ where }) => where.path), text_findings_MAX_PLACES);
    const more = rest === 0 ? '' : ` and ${formatNumber(rest)} more (see --format json)`;
    return shown.map((path) => escapeTerminal(path)).join(', ') + more;
}
function text_findings_commonWords({ findings, first }, wordsOf) {
    const words = wordsOf(first);
    const others = findings.filter((one) => wordsOf(one) !== words).length;
    const note = others === 0
        ? ''
        : ` (This is the first; ${formatNumber(others)} of the others ${others === 1 ? 'differs' : 'differ'} in words, see --format json.)`;
    return escapeTerminal(words, MAX_MESSAGE) + note;
}
function skippedSection({ report, width }) {
    const groups = skipGroupsOf(report.skipped);
    if (groups.length === 0)
        return [];
    const lines = groups
        .slice(0, MAX_REASONS)
        .flatMap(({ cause, reason, paths }) => {
        const shown = paths
            .slice(0, text_findings_MAX_PATHS)
            .map((path) => escapeTerminal(path));
        const rest = paths.length - shown.length;
        const more = rest > 0 ? ` and ${formatNumber(rest)} more, see --format json` : '';
        const words = escapeTerminal(`${cause}: ${reason}`);
        return wrap(`${shown.join(', ')}${more} (${words})`, width, {
            first: '  ',
            rest: '    ',
        });
    });
    const rest = groups
        .slice(MAX_REASONS)
        .reduce((sum, { paths }) => sum + paths.length, 0);
    const more = moreLines(rest, 'place').map((line) => `  ${line}`);
    return ['Not examined:', ...lines, ...more];
}

;// CONCATENATED MODULE: ./lib/core/render/text-style.js
const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };
const SEVERITY_COLOURS = {
    error: CODES.red,
    warning: CODES.yellow,
    notice: CODES.cyan,
};
const VERDICT_COLOURS = {
    pass: CODES.green,
    fail: CODES.red,
    inconclusive: CODES.yellow,
};
function paint(color) {
    const wrapIn = (code) => (text) => color ? `\u001B[${code}m${text}\u001B[0m` : text;
    return {
        bold: wrapIn(CODES.bold),
        dim: wrapIn(CODES.dim),
        severity: (severity, text) => wrapIn(SEVERITY_COLOURS[severity])(text),
        verdict: (verdict, text) => wrapIn(VERDICT_COLOURS[verdict])(text),
    };
}

;// CONCATENATED MODULE: ./lib/core/render/text.js







const text_MAX_REASONS = 10;
function renderText(report, { color, width }) {
    const page = { report, width, paint: paint(color) };
    const sections = [
        headline(page),
        ...tableSections(page),
        reasons(page),
        findingsSection(page),
        skippedSection(page),
        footer(page),
    ];
    return sections
        .filter((lines) => lines.length > 0)
        .flatMap((lines) => [...lines, ''])
        .join('\n');
}
function headline({ report, paint, width }) {
    const { verdict } = report;
    const [first = '', ...more] = wrap(escapeTerminal(report.headline), width);
    const rest = first.slice(verdict.length);
    return [paint.verdict(verdict, verdict.toUpperCase()) + rest, ...more];
}
function reasons({ report, width }) {
    const all = reasonsOf(report);
    const open = all.slice(0, text_MAX_REASONS).flatMap(({ words, questions }) => wrap(`${questions.join(', ')} ${escapeTerminal(words)}`, width, {
        first: '',
        rest: '  ',
    }));
    const more = moreLines(Math.max(0, all.length - text_MAX_REASONS), 'reason');
    const hasRows = report.checkpoints.length > 0;
    const scope = hasRows ? wrap(escapeTerminal(report.scope), width) : [];
    return [...open, ...more, ...scope];
}
function footer({ report, width, paint }) {
    const counted = (severity) => formatCount(report.findings.filter((one) => one.severity === severity).length, severity);
    const loaders = Object.entries(report.tool.loaders)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ');
    const { files, folders } = report.examined;
    const text = `${formatCount(report.checkpoints.length, 'checkpoint')}, ${counted('error')}, ${counted('warning')}, ${counted('notice')}; ${formatCount(files, 'file')} in ${formatCount(folders, 'folder')} listed. Checkpoint Gate ${report.tool.version}, answering for ${loaders}.`;
    return wrap(text, width).map(paint.dim);
}

;// CONCATENATED MODULE: ./lib/platform/error-message.js
function error_message_messageOf(error) {
    return typeof error === 'object' && error !== null && 'message' in error
        ? String(error.message)
        : String(error);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: ./lib/sources/crc32.js
var sources_crc32 = __nccwpck_require__(601);
// EXTERNAL MODULE: ./lib/sources/heap.js
var heap = __nccwpck_require__(130);
;// CONCATENATED MODULE: ./lib/sources/source-error.js


function toSourceError(error, file) {
    if (error instanceof bytes_reader/* SourceError */.c8)
        return error;
    const { code, message } = source_error_describe(error);
    const words = message.replace(/^\w+: /, '').replace(/, \w+ '.*$/s, '');
    return new bytes_reader/* SourceError */.c8(code, words, permissionOf(code, file));
}
function source_error_describe(error) {
    if (typeof error !== 'object' || error === null)
        return { code: 'UNKNOWN', message: String(error) };
    const code = 'code' in error ? String(error.code) : 'UNKNOWN';
    const message = 'message' in error ? String(error.message) : code;
    return { code, message };
}
function permissionOf(code, file) {
    if (code !== 'EACCES' && code !== 'EPERM')
        return null;
    try {
        const stat = external_node_fs_.lstatSync(file);
        return {
            mode: stat.mode & 0o777,
            owner: `uid ${stat.uid}, gid ${stat.gid}`,
            reader: `uid ${process.getuid?.() ?? '?'}, gid ${process.getgid?.() ?? '?'}`,
        };
    }
    catch {
        return null;
    }
}

;// CONCATENATED MODULE: ./lib/sources/local-file.js






const LARGE_READ_BYTES = 2 * limits/* STREAM_CHUNK_BYTES */.V9;
const SMALL_FILE_BYTES = 32 * 1024;
function openLocalFile(file) {
    const flags = external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NONBLOCK || 0);
    const handle = attempt(file, () => external_node_fs_.openSync(file, flags));
    try {
        const stat = attempt(file, () => external_node_fs_.fstatSync(handle));
        if (!stat.isFile())
            throw new bytes_reader/* SourceError */.c8('NOT_A_FILE', 'it is not a regular file');
        if (stat.size > SMALL_FILE_BYTES)
            return fileReader(file, handle, stat.size);
        const bytes = attempt(file, () => readExactly(handle, 0, stat.size));
        external_node_fs_.closeSync(handle);
        return smallReader(bytes);
    }
    catch (error) {
        external_node_fs_.closeSync(handle);
        throw error;
    }
}
function smallReader(bytes) {
    return {
        ...heldReader(bytes),
        scan: (ranges, feed) => new Promise((resolve) => {
            for (const [start, end] of ranges)
                if (start < end)
                    feed(bytes.subarray(start, end), start);
            resolve();
        }),
    };
}
function fileReader(file, handle, size) {
    const read = (start, length) => new Promise((resolve) => {
        resolve(attempt(file, () => readExactly(handle, start, length)));
    });
    return {
        size,
        access: 'random',
        read,
        async *stream(start, end) {
            for (let at = start; at < end; at += limits/* STREAM_CHUNK_BYTES */.V9)
                yield await read(at, Math.min(limits/* STREAM_CHUNK_BYTES */.V9, end - at));
        },
        scan: (ranges, feed) => new Promise((resolve) => {
            const buffer = new Uint8Array(Math.min(limits/* STREAM_CHUNK_BYTES */.V9, size));
            for (const [start, end] of ranges)
                for (let at = start; at < end; at += limits/* STREAM_CHUNK_BYTES */.V9) {
                    const piece = buffer.subarray(0, end - at);
                    attempt(file, () => {
                        fill(handle, at, piece);
                    });
                    feed(piece, at);
                }
            resolve();
        }),
        close: () => {
            external_node_fs_.closeSync(handle);
            return Promise.resolve();
        },
    };
}
function readExactly(handle, start, length) {
    if (length > LARGE_READ_BYTES)
        (0,heap/* holdHeap */.Sv)();
    const bytes = new Uint8Array(length);
    fill(handle, start, bytes);
    return bytes;
}
function fill(handle, start, bytes) {
    const { length } = bytes;
    let filled = 0;
    while (filled < length) {
        const position = start + filled;
        const got = external_node_fs_.readSync(handle, bytes, filled, length - filled, position);
        if (got === 0)
            throw new bytes_reader/* SourceError */.c8('SHORT_READ', `the file became shorter while it was read: ${filled} of ${length} bytes from byte ${start} on`);
        filled += got;
    }
}
function attempt(file, action) {
    try {
        return action();
    }
    catch (error) {
        throw toSourceError(error, file);
    }
}

;// CONCATENATED MODULE: ./lib/sources/file-beside.js

class FileBeside {
    name;
    #folder;
    constructor(folder, name) {
        this.#folder = folder;
        this.name = name;
    }
    get kind() {
        return 'file';
    }
    get path() {
        const { at } = this.#folder;
        return at === '' ? this.name : `${at}/${this.name}`;
    }
    get sizeBytes() {
        const file = `${this.#folder.root}/${this.path}`;
        try {
            return external_node_fs_.lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
        }
        catch {
            return 0;
        }
    }
}

;// CONCATENATED MODULE: ./lib/sources/list-names.js

const REPLACEMENT = '\uFFFD';
function list_names_listNames(folder) {
    const entries = external_node_fs_.readdirSync(folder, { withFileTypes: true });
    const isCertain = entries.every(({ name }) => !name.includes(REPLACEMENT));
    const listed = isCertain ? entries.map(fromText) : listBytes(folder);
    return listed.sort((left, right) => (left.name < right.name ? -1 : 1));
}
function listBytes(folder) {
    return external_node_fs_.readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })
        .map((entry) => {
        const bytes = entry.name;
        const text = bytes.toString();
        const isUtf8 = Buffer.from(text).equals(bytes);
        const name = isUtf8 ? text : showBytes(bytes);
        return { name, kind: list_names_kindOf(entry), isUtf8 };
    });
}
function fromText(entry) {
    return { name: entry.name, kind: list_names_kindOf(entry), isUtf8: true };
}
function list_names_kindOf(entry) {
    if (entry.isFile())
        return 'file';
    if (entry.isDirectory())
        return 'folder';
    if (entry.isSymbolicLink())
        return 'link';
    const isOther = entry.isFIFO() ||
        entry.isSocket() ||
        entry.isCharacterDevice() ||
        entry.isBlockDevice();
    return isOther ? 'other' : 'unknown';
}
function showBytes(bytes) {
    return Array.from(bytes, (byte) => byte < 0x80
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

;// CONCATENATED MODULE: ./lib/sources/walk.js









const MANY_ENTRIES = 10_000;
function listTree(root) {
    const walk = {
        root,
        realRoot: realPathOf(root),
        entries: [],
        unlisted: [],
        characters: 0,
        followed: new Set(),
    };
    listFolder(walk, { root, at: '', realPath: null, depth: 0 });
    return { entries: walk.entries, unlisted: walk.unlisted };
}
function realPathOf(root) {
    try {
        return external_node_fs_.realpathSync(root);
    }
    catch (error) {
        throw toSourceError(error, root);
    }
}
function listFolder(walk, stop) {
    if (stop.depth > limits/* WALK_MAX_DEPTH */.Ts)
        return leaveOut(walk, stop.at, 'limit', `over ${limits/* WALK_MAX_DEPTH */.Ts} folders deep`);
    for (const listed of walk_namesIn(walk, stop)) {
        if (walk.entries.length === MANY_ENTRIES)
            (0,heap/* holdYoungGeneration */.kK)();
        const excess = findExcess(walk);
        if (excess !== null)
            return leaveOut(walk, stop.at, 'limit', excess);
        addEntry(walk, stop, listed);
    }
}
function findExcess({ entries, characters }) {
    if (entries.length >= limits/* WALK_MAX_ENTRIES */.Cx)
        return `over ${limits/* WALK_MAX_ENTRIES */.Cx} files`;
    return characters >= limits/* WALK_MAX_CHARACTERS */.Ct
        ? `paths of over ${limits/* WALK_MAX_CHARACTERS */.Ct} characters in all`
        : null;
}
function walk_namesIn(walk, stop) {
    const folder = fullPath(walk, stop.at);
    try {
        return list_names_listNames(folder);
    }
    catch (error) {
        const failure = toSourceError(error, folder);
        leaveOut(walk, stop.at, 'io', `it could not be listed (${failureWords(failure, 'folder')})`);
        return [];
    }
}
function fullPath({ root }, at) {
    return at === '' ? root : `${root}/${at}`;
}
function addEntry(walk, stop, listed) {
    walk.characters +=
        listed.name.length + (stop.at === '' ? 0 : stop.at.length + 1);
    if (listed.isUtf8 &&
        listed.kind === 'file' &&
        stop.realPath === null &&
        (0,walk_policy/* isBeside */.Z)(listed.name)) {
        walk.entries.push(new FileBeside(stop, listed.name));
        return;
    }
    const at = stop.at === '' ? listed.name : `${stop.at}/${listed.name}`;
    if (!listed.isUtf8)
        return addUnnameable(walk, at, listed);
    if (listed.kind === 'link')
        return addLink(walk, stop, at);
    const realPath = stop.realPath === null ? null : `${stop.realPath}/${listed.name}`;
    const { root } = walk;
    const found = { root, at, realPath, depth: stop.depth + 1 };
    if (listed.kind === 'folder' || listed.kind === 'other')
        return addPlain(walk, found, { kind: listed.kind, sizeBytes: 0 });
    const stat = lstat(walk, at);
    if (stat?.isSymbolicLink())
        addLink(walk, stop, at);
    else if (stat !== null)
        addPlain(walk, found, plainOf(stat));
}
function addUnnameable(walk, at, { kind }) {
    if (kind === 'file')
        return leaveOut(walk, at, 'unsupported', 'a file whose name is not UTF-8: no known producer writes it');
    leaveOut(walk, at, 'io', 'its name is not UTF-8 and cannot be opened: rename the folder');
}
function lstat(walk, at) {
    const file = fullPath(walk, at);
    try {
        return external_node_fs_.lstatSync(file, { throwIfNoEntry: false }) ?? null;
    }
    catch (error) {
        const words = failureWords(toSourceError(error, file));
        leaveOut(walk, at, 'io', `it could not be looked at (${words})`);
        return null;
    }
}
function plainOf(stat) {
    if (stat.isFile())
        return { kind: 'file', sizeBytes: stat.size };
    return { kind: stat.isDirectory() ? 'folder' : 'other', sizeBytes: 0 };
}
function addPlain(walk, found, { kind, sizeBytes }) {
    const reason = 'it is neither a file nor a folder';
    walk.entries.push({
        path: found.at,
        kind,
        sizeBytes,
        ...(found.realPath === null ? {} : { realPath: found.realPath }),
        ...(kind === 'other' ? { reason } : {}),
    });
    if (kind !== 'folder')
        return;
    const ignored = (0,walk_policy/* ignoredFolderReason */.$)(external_node_path_.posix.basename(found.at));
    if (ignored === null)
        listFolder(walk, found);
    else
        leaveOut(walk, found.at, 'ignored', ignored);
}
function addLink(walk, stop, at) {
    const target = linkTarget(walk, at);
    if ('reason' in target) {
        const folder = target.isFolder;
        walk.entries.push({
            path: at,
            kind: folder ? 'folder' : 'symlink',
            sizeBytes: 0,
            ...(target.isDangling ? { isDangling: true } : {}),
            ...(folder ? {} : { reason: target.reason }),
        });
        if (folder)
            leaveOut(walk, at, 'link', target.reason);
        return;
    }
    const { root } = walk;
    const { realPath } = target;
    const found = { root, at, realPath, depth: stop.depth + 1 };
    if (target.stat.isDirectory()) {
        const isLoop = target.realPath === '' || `${at}/`.startsWith(`${target.realPath}/`);
        if (isLoop || walk.followed.has(target.realPath)) {
            walk.entries.push({ path: at, kind: 'folder', sizeBytes: 0 });
            return leaveOut(walk, at, 'link', `a link to ${target.realPath || 'the root'}, which is examined elsewhere`);
        }
        walk.followed.add(target.realPath);
    }
    addPlain(walk, found, plainOf(target.stat));
}
function linkTarget(walk, at) {
    try {
        const real = external_node_fs_.realpathSync(fullPath(walk, at));
        const stat = external_node_fs_.statSync(real);
        const below = external_node_path_.relative(walk.realRoot, real);
        if (below !== '..' &&
            !below.startsWith(`..${external_node_path_.sep}`) &&
            !external_node_path_.isAbsolute(below))
            return { realPath: below.replaceAll(external_node_path_.sep, '/'), stat };
        return {
            reason: 'a link that leads out of the given folder is not followed',
            isFolder: stat.isDirectory(),
            isDangling: false,
        };
    }
    catch (error) {
        const failure = toSourceError(error, at);
        const isLoop = failure.code === 'ELOOP';
        const isDangling = failure.code === 'ENOENT' || isLoop;
        const why = isDangling ? 'nothing' : failure.code;
        return {
            reason: isLoop
                ? 'a link that leads back to itself'
                : `a link that leads to ${why}`,
            isFolder: false,
            isDangling,
        };
    }
}
function leaveOut(walk, at, cause, reason) {
    walk.unlisted.push({ path: at, cause, reason });
}

;// CONCATENATED MODULE: ./lib/sources/directory.js








function directorySource(label, base) {
    const root = external_node_path_.resolve(base, label);
    const stat = statOrNull(root);
    if (stat === null)
        return null;
    if (stat instanceof bytes_reader/* SourceError */.c8)
        return unreachableSource(label, stat);
    const isFolder = stat.isDirectory();
    return {
        label: label.replaceAll(external_node_path_.sep, '/'),
        root: isFolder ? 'folder' : 'file',
        crc32: sources_crc32/* crc32 */.Q,
        list: () => new Promise((resolve) => {
            resolve(isFolder ? listTree(root) : listFile(stat));
        }),
        open: directory_opener(root),
    };
}
function unreachableSource(label, reason) {
    return {
        label: label.replaceAll(external_node_path_.sep, '/'),
        root: 'folder',
        list: () => Promise.reject(reason),
        open: () => Promise.reject(reason),
    };
}
const ABSENT = new Set([
    'ENOENT',
    'ENOTDIR',
    'ENAMETOOLONG',
    'ERR_INVALID_ARG_VALUE',
]);
function statOrNull(root) {
    try {
        return external_node_fs_.statSync(root);
    }
    catch (error) {
        const failure = toSourceError(error, root);
        return ABSENT.has(failure.code) ? null : failure;
    }
}
function listFile(stat) {
    const entry = stat.isFile()
        ? { path: '', kind: 'file', sizeBytes: stat.size }
        : {
            path: '',
            kind: 'other',
            sizeBytes: 0,
            reason: 'it is neither a file nor a folder',
        };
    return { entries: [entry], unlisted: [] };
}
const MANY_OPENED = 64;
function directory_opener(root) {
    let last = null;
    let opened = 0;
    return (below) => new Promise((resolve) => {
        if (last?.below === below)
            return resolve(last.reader);
        opened += 1;
        if (opened === MANY_OPENED)
            (0,heap/* holdYoungGeneration */.kK)();
        const file = below === '' ? root : external_node_path_.join(root, below);
        const reader = openLocalFile(file);
        last = reader.size <= SMALL_FILE_BYTES ? { below, reader } : null;
        resolve(reader);
    });
}

;// CONCATENATED MODULE: ./lib/sources/glob-limits.js

function findGlobExcess(pattern) {
    if (pattern.length > limits/* GLOB_MAX_CHARACTERS */.t7)
        return excess(pattern.length, 'characters', limits/* GLOB_MAX_CHARACTERS */.t7);
    const segments = pattern.split('/');
    const globstars = segments.filter((one) => one.includes('**')).length;
    if (globstars > limits/* GLOB_MAX_GLOBSTARS */.ge)
        return excess(globstars, 'times **', limits/* GLOB_MAX_GLOBSTARS */.ge);
    const stars = Math.max(...segments.map((one) => count(one, /\*+/g)));
    if (stars > limits/* GLOB_MAX_STARS */.a0)
        return excess(stars, 'times * in one name', limits/* GLOB_MAX_STARS */.a0);
    const braces = count(pattern, /\{/g);
    if (braces > limits/* GLOB_MAX_BRACES */.rS)
        return excess(braces, 'times {', limits/* GLOB_MAX_BRACES */.rS);
    const choices = braces === 0 ? 0 : count(pattern, /,/g);
    return choices > limits/* GLOB_MAX_CHOICES */.R2
        ? excess(choices, 'commas', limits/* GLOB_MAX_CHOICES */.R2)
        : null;
}
function excess(found, what, most) {
    return `the pattern has ${found} ${what}, at most ${most} are tried: name the folders one by one`;
}
function count(text, what) {
    return text.match(what)?.length ?? 0;
}

;// CONCATENATED MODULE: ./lib/sources/resolve-target.js





async function resolveTarget(named, base) {
    const literal = await localSource(named, base);
    if (literal !== null)
        return { named, sources: [literal] };
    const excess = findGlobExcess(named);
    if (excess !== null) {
        const reason = new bytes_reader/* SourceError */.c8('PATTERN', excess);
        return { named, sources: [unreachableSource(named, reason)] };
    }
    const sources = [];
    for (const match of await matchesOf(named, base)) {
        const source = await localSource(match, base);
        if (source !== null)
            sources.push(source);
    }
    return { named, sources };
}
async function localSource(label, base) {
    const source = directorySource(label, base);
    if (source?.root !== 'file' || !/\.zip$/i.test(label))
        return source;
    const file = external_node_path_.resolve(base, label);
    const { archiveSource } = await __nccwpck_require__.e(/* import() */ 173).then(__nccwpck_require__.bind(__nccwpck_require__, 173));
    return archiveSource({
        label: source.label,
        open: () => new Promise((resolve) => {
            resolve(openLocalFile(file));
        }),
    });
}
async function matchesOf(pattern, base) {
    const { glob, isDynamicPattern } = await __nccwpck_require__.e(/* import() */ 382).then(__nccwpck_require__.bind(__nccwpck_require__, 382));
    const posix = pattern.replaceAll(external_node_path_.sep, '/');
    if (!isDynamicPattern(posix))
        return [];
    const matches = await glob(withoutGroups(posix), {
        cwd: base,
        onlyFiles: false,
        expandDirectories: false,
        followSymbolicLinks: false,
        dot: true,
        extglob: false,
        absolute: external_node_path_.isAbsolute(pattern),
    });
    return outermost(matches.map((match) => match.replace(/\/$/, '')));
}
function withoutGroups(pattern) {
    return pattern.replace(/[()]|(?<=[\]}])\+/g, '\\$&');
}
function outermost(matches) {
    const all = new Set(matches);
    const isInside = (match) => {
        for (let at = match.lastIndexOf('/'); at > 0; at = match.lastIndexOf('/', at - 1))
            if (all.has(match.slice(0, at)))
                return true;
        return false;
    };
    return [...all].filter((match) => !isInside(match)).sort();
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./lib/core/declared.js

const STEP_MAX = 999_999_999_999_999;
const FACTOR_MAX = 1_000_000;
const EXPECTED_STEPS_MAX = 10_000;
function readDeclared(texts) {
    const read = {
        saveSteps: countIn(texts.saveSteps, STEP_MAX),
        expectedSteps: declared_stepsIn(texts.expectedSteps),
        minCheckpoints: countIn(texts.minCheckpoints, EXPECTED_STEPS_MAX),
        gradientAccumulationSteps: countIn(texts.gradientAccumulationSteps, FACTOR_MAX),
        worldSize: countIn(texts.worldSize, FACTOR_MAX),
    };
    for (const field of declared_FIELDS)
        if (read[field] === undefined)
            return { field, text: texts[field], allowed: declared_ALLOWED[field] };
    const { saveSteps = null, expectedSteps = null, ...more } = read;
    const { minCheckpoints = null, gradientAccumulationSteps = null } = more;
    const { worldSize = null } = more;
    return {
        saveSteps,
        expectedSteps,
        minCheckpoints,
        gradientAccumulationSteps,
        worldSize,
    };
}
function isUndeclarable(read) {
    return 'allowed' in read;
}
const declared_FIELDS = [
    'saveSteps',
    'expectedSteps',
    'minCheckpoints',
    'gradientAccumulationSteps',
    'worldSize',
];
const declared_ALLOWED = {
    saveSteps: `a whole number from 1 to ${formatNumber(STEP_MAX)}`,
    expectedSteps: `at most ${formatNumber(EXPECTED_STEPS_MAX)} steps, whole numbers from 0 to ${formatNumber(STEP_MAX)}, with commas or line ends between them`,
    minCheckpoints: `a whole number from 1 to ${formatNumber(EXPECTED_STEPS_MAX)}`,
    gradientAccumulationSteps: `a whole number from 1 to ${formatNumber(FACTOR_MAX)}`,
    worldSize: `a whole number from 1 to ${formatNumber(FACTOR_MAX)}`,
};
function countIn(text, max) {
    if (text.trim() === '')
        return null;
    const count = declared_numberIn(text);
    return count === null || count < 1 || count > max ? undefined : count;
}
function declared_stepsIn(text) {
    const parts = text.split(/[\s,]+/).filter((part) => part !== '');
    if (text.trim() === '')
        return null;
    const steps = new Set();
    for (const part of parts) {
        const step = declared_numberIn(part);
        const isFull = steps.size === EXPECTED_STEPS_MAX;
        if (step === null || isFull)
            return undefined;
        steps.add(step);
    }
    if (steps.size === 0)
        return undefined;
    return [...steps].sort((left, right) => left - right);
}
function declared_numberIn(text) {
    return /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}

;// CONCATENATED MODULE: ./lib/cli/options.js





const FORMATS = ['text', 'markdown', 'json'];
class UsageError extends Error {
}
const USAGE = `Usage: checkpoint-gate PATH... [options]

Says for each checkpoint below PATH (a folder, a file or a glob) whether it can
be loaded, was trained, and can be resumed from.

  --format FORMAT        ${FORMATS.join(' | ')} (default: text)
  --output FILE          write the report to FILE instead of standard output
  --expect KIND          ${EXPECTS.join(' | ')}: what each checkpoint has to be
  --require WHICH        ${REQUIRES.join(' | ')}: which checkpoints must hold
  --depth HOW            ${DEPTHS.join(' | ')}: what is looked at;
                         auto: headers, and the values of adapters
  --max-bytes SIZE       values are read of at most so much, newest first (default: 4GiB)
  --save-steps N         a checkpoint is due every N optimizer steps
  --expected-steps LIST  these steps have to be there, such as 100,200,300
  --min-checkpoints N    so many checkpoints at least have to be in each run
  --gradient-accumulation-steps N, --world-size N
                         micro-batches an optimizer step, and processes: to tell
                         which counter counts what
  --fail-on SEVERITY     ${FAIL_ONS.join(' | ')}: what exits with 1
  --help, --version

Exit: 0 pass, 1 fail, 2 wrong usage or internal error, 3 inconclusive.
`;
function readCommand(args) {
    const { values, positionals } = parse(args);
    if (values.help)
        return { kind: 'help' };
    if (values.version)
        return { kind: 'version' };
    if (positionals.length === 0)
        throw new UsageError('Expected at least one PATH, got none.');
    return {
        kind: 'inspect',
        paths: positionals,
        format: options_oneOf('--format', FORMATS, values.format),
        output: values.output ?? null,
        options: {
            expect: options_oneOf('--expect', EXPECTS, values.expect),
            require: options_oneOf('--require', REQUIRES, values.require),
            depth: options_oneOf('--depth', DEPTHS, values.depth),
            maxBytes: options_sizeOf('--max-bytes', values['max-bytes']),
            declared: declaredIn(values),
        },
        failOn: options_oneOf('--fail-on', FAIL_ONS, values['fail-on']),
    };
}
function parse(args) {
    try {
        return (0,external_node_util_namespaceObject.parseArgs)({
            args: [...args],
            allowPositionals: true,
            options: {
                format: { type: 'string', default: 'text' },
                output: { type: 'string' },
                expect: { type: 'string', default: 'auto' },
                require: { type: 'string', default: 'all' },
                depth: { type: 'string', default: 'auto' },
                'max-bytes': { type: 'string', default: '4GiB' },
                'save-steps': { type: 'string' },
                'expected-steps': { type: 'string' },
                'min-checkpoints': { type: 'string' },
                'gradient-accumulation-steps': { type: 'string' },
                'world-size': { type: 'string' },
                'fail-on': { type: 'string', default: 'error' },
                help: { type: 'boolean', short: 'h', default: false },
                version: { type: 'boolean', default: false },
            },
        });
    }
    catch (error) {
        throw new UsageError(error_message_messageOf(error));
    }
}
function options_sizeOf(name, value) {
    const bytes = parseBytes(value);
    if (bytes !== null)
        return bytes;
    throw new UsageError(`Expected ${name} to be ${SIZE_WORDS}, got '${value}'.`);
}
const DECLARED_OPTIONS = {
    saveSteps: 'save-steps',
    expectedSteps: 'expected-steps',
    minCheckpoints: 'min-checkpoints',
    gradientAccumulationSteps: 'gradient-accumulation-steps',
    worldSize: 'world-size',
};
function declaredIn(values) {
    const text = (field) => values[DECLARED_OPTIONS[field]] ?? '';
    const read = readDeclared({
        saveSteps: text('saveSteps'),
        expectedSteps: text('expectedSteps'),
        minCheckpoints: text('minCheckpoints'),
        gradientAccumulationSteps: text('gradientAccumulationSteps'),
        worldSize: text('worldSize'),
    });
    if (!isUndeclarable(read))
        return read;
    throw new UsageError(`Expected --${DECLARED_OPTIONS[read.field]} to be ${read.allowed}, got '${read.text}'.`);
}
function options_oneOf(name, allowed, value) {
    const found = allowed.find((one) => one === value);
    if (found !== undefined)
        return found;
    throw new UsageError(`Expected ${name} to be one of ${allowed.join(', ')}, got '${value}'.`);
}

;// CONCATENATED MODULE: ./lib/cli/run.js











async function runCli(args, terminal) {
    try {
        const command = readCommand(args);
        if (command.kind === 'inspect')
            return await runInspect(command, terminal);
        terminal.out(command.kind === 'help' ? USAGE : `${version_VERSION}\n`);
        return 0;
    }
    catch (error) {
        terminal.status(null);
        terminal.err(explain(error));
        return 2;
    }
}
async function runInspect(command, terminal) {
    terminal.status('listing files');
    const targets = [];
    for (const path of command.paths)
        targets.push(await resolveTarget(path, terminal.cwd));
    const report = await inspect({
        targets,
        options: command.options,
        checks: CHECKS,
        onCheckpoint: (path) => {
            terminal.status(`inspecting ${escapeTerminal(path)}`);
        },
    });
    for (const { sources } of targets)
        for (const source of sources)
            await source.close?.();
    terminal.status(null);
    await write(command, terminal, render(command, terminal, report));
    return exitCodeOf(report, command.failOn);
}
function render({ format, output }, { hasColour, width }, report) {
    switch (format) {
        case 'json':
            return renderJson(report);
        case 'markdown':
            return renderMarkdown(report);
        case 'text':
            return renderText(report, {
                color: hasColour && output === null,
                width,
            });
    }
}
async function write({ output }, terminal, text) {
    if (output === null)
        return terminal.out(text);
    try {
        await terminal.writeFile(output, text);
    }
    catch (error) {
        throw new OutputError(`Could not write ${output}: ${error_message_messageOf(error)}`);
    }
}
class OutputError extends Error {
}
function explain(error) {
    if (error instanceof UsageError)
        return `${escapeTerminal(error.message)}\n\n${USAGE}`;
    if (error instanceof OutputError)
        return `${escapeTerminal(error.message)}\n`;
    const isObject = typeof error === 'object' && error !== null;
    const stack = isObject && 'stack' in error ? String(error.stack) : '';
    const trace = stack
        .split('\n')
        .filter((line) => line.trimStart().startsWith('at '))
        .map((line) => `  ${escapeTerminal(line.trim())}\n`)
        .join('');
    return `Internal error: ${escapeTerminal(error_message_messageOf(error))}\n${trace}`;
}


/***/ }),

/***/ 953:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ statusLine)
/* harmony export */ });
const REDRAW_MS = 100;
const DEFAULT_COLUMNS = 80;
function statusLine(stream, now = () => performance.now()) {
    if (!stream.isTTY)
        return () => undefined;
    let drawnAt = -Infinity;
    return (text) => {
        if (text !== null && now() - drawnAt < REDRAW_MS)
            return;
        if (text === null && drawnAt === -Infinity)
            return;
        drawnAt = now();
        const width = stream.columns > 0 ? stream.columns : DEFAULT_COLUMNS;
        const shown = text === null ? '' : text.slice(0, width - 1);
        stream.write(`\r\u001B[K${shown}`);
    };
}


/***/ }),

/***/ 619:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AU: () => (/* binding */ LOCAL_HEADERS_READ_BYTES),
/* harmony export */   B$: () => (/* binding */ JSON_PIECE_MAX_BYTES),
/* harmony export */   B9: () => (/* binding */ ARCHIVE_EDGE_BYTES),
/* harmony export */   Bc: () => (/* binding */ DEFLATED_FIRST_BYTES),
/* harmony export */   Ct: () => (/* binding */ WALK_MAX_CHARACTERS),
/* harmony export */   Cx: () => (/* binding */ WALK_MAX_ENTRIES),
/* harmony export */   EB: () => (/* binding */ JSON_MAX_DEPTH),
/* harmony export */   EG: () => (/* binding */ VALUES_MAX_BYTES),
/* harmony export */   EU: () => (/* binding */ RANK_FILES_MAX),
/* harmony export */   FB: () => (/* binding */ ARCHIVE_MAX_ENTRIES),
/* harmony export */   Fd: () => (/* binding */ LEGACY_PICKLES_FIRST_BYTES),
/* harmony export */   GD: () => (/* binding */ PICKLE_MAX_BYTES),
/* harmony export */   KT: () => (/* binding */ STRAYS_MAX),
/* harmony export */   L8: () => (/* binding */ HELD_MAX_BYTES),
/* harmony export */   Lq: () => (/* binding */ HEAD_BYTES),
/* harmony export */   MY: () => (/* binding */ ZIP_TAIL_MAX_BYTES),
/* harmony export */   Mp: () => (/* binding */ RECALLED_HEADERS),
/* harmony export */   Pj: () => (/* binding */ ARCHIVE_MERGE_GAP_BYTES),
/* harmony export */   Qt: () => (/* binding */ PICKLE_LIMITS),
/* harmony export */   R2: () => (/* binding */ GLOB_MAX_CHOICES),
/* harmony export */   Ts: () => (/* binding */ WALK_MAX_DEPTH),
/* harmony export */   UD: () => (/* binding */ LOCAL_HEADERS_MAX),
/* harmony export */   US: () => (/* binding */ RECALLED_HEADER_MAX_BYTES),
/* harmony export */   V9: () => (/* binding */ STREAM_CHUNK_BYTES),
/* harmony export */   Ve: () => (/* binding */ ZIP_DIRECTORY_MAX_BYTES),
/* harmony export */   WA: () => (/* binding */ ARCHIVE_READ_AHEAD_BYTES),
/* harmony export */   XS: () => (/* binding */ DEFLATED_HELD_MAX_BYTES),
/* harmony export */   X_: () => (/* binding */ ARCHIVE_EXTRA_SLACK_BYTES),
/* harmony export */   YN: () => (/* binding */ ARCHIVE_HELD_MAX_BYTES),
/* harmony export */   a0: () => (/* binding */ GLOB_MAX_STARS),
/* harmony export */   cY: () => (/* binding */ SALVAGE_MAX_RECORDS),
/* harmony export */   cs: () => (/* binding */ SWEPT_TORCH_MAX_BYTES),
/* harmony export */   dJ: () => (/* binding */ MAGNITUDE_ALL_VANISHING),
/* harmony export */   d_: () => (/* binding */ JSON_MAX_VALUES),
/* harmony export */   fZ: () => (/* binding */ DEFLATED_PREFIX_BYTES),
/* harmony export */   ge: () => (/* binding */ GLOB_MAX_GLOBSTARS),
/* harmony export */   gz: () => (/* binding */ VALUE_PAGE),
/* harmony export */   iD: () => (/* binding */ JSON_MAX_BYTES),
/* harmony export */   iO: () => (/* binding */ DEFLATED_READ_MAX_BYTES),
/* harmony export */   iQ: () => (/* binding */ MAGNITUDE_OVERFLOWING),
/* harmony export */   jY: () => (/* binding */ MAGNITUDE_DOUBTFUL),
/* harmony export */   k4: () => (/* binding */ INFLATE_CHUNK_BYTES),
/* harmony export */   kV: () => (/* binding */ SAFETENSORS_MAX_ENTRIES),
/* harmony export */   mf: () => (/* binding */ ZERO_TAIL_BYTES),
/* harmony export */   mx: () => (/* binding */ ARCHIVE_HELD_MAX_PIECES),
/* harmony export */   pL: () => (/* binding */ MAGNITUDE_VANISHING),
/* harmony export */   q2: () => (/* binding */ VALUE_BLOCK_BYTES),
/* harmony export */   r8: () => (/* binding */ SAFETENSORS_HEADER_MAX_BYTES),
/* harmony export */   rS: () => (/* binding */ GLOB_MAX_BRACES),
/* harmony export */   sC: () => (/* binding */ ZIP_MAX_ENTRIES),
/* harmony export */   t5: () => (/* binding */ VALUE_SHARED_MAX),
/* harmony export */   t6: () => (/* binding */ NAMES_SHOWN),
/* harmony export */   t7: () => (/* binding */ GLOB_MAX_CHARACTERS),
/* harmony export */   v0: () => (/* binding */ VALUE_DIGEST),
/* harmony export */   vN: () => (/* binding */ CHECKPOINTS_MAX),
/* harmony export */   w: () => (/* binding */ SAFETENSORS_HEADER_READ_MAX_BYTES),
/* harmony export */   yx: () => (/* binding */ LOCAL_HEADERS_GAP_BYTES),
/* harmony export */   z$: () => (/* binding */ ARCHIVE_CONCURRENCY)
/* harmony export */ });
/* unused harmony exports VALUES_MAX_TRANSFER_BYTES, BLOB_TAIL_BYTES, BLOB_ERROR_MAX_BYTES */
const KIB = 1024;
const MIB = 1024 * KIB;
const HEAD_BYTES = 8 * KIB;
const SAFETENSORS_HEADER_MAX_BYTES = 100_000_000;
const SAFETENSORS_HEADER_READ_MAX_BYTES = 24 * MIB;
const RECALLED_HEADERS = 32;
const RECALLED_HEADER_MAX_BYTES = 128 * KIB;
const JSON_MAX_BYTES = 24 * MIB;
const JSON_MAX_DEPTH = 127;
const JSON_MAX_VALUES = 200_000;
const JSON_PIECE_MAX_BYTES = 4 * MIB;
const SAFETENSORS_MAX_ENTRIES = 120_000;
const HELD_MAX_BYTES = 12 * MIB;
const STRAYS_MAX = 20_000;
const ZIP_TAIL_MAX_BYTES = 22 + 65_535;
const ZIP_DIRECTORY_MAX_BYTES = 32 * MIB;
const ZIP_MAX_ENTRIES = 200_000;
const ARCHIVE_MAX_ENTRIES = 200_000;
const ARCHIVE_EDGE_BYTES = 64 * KIB;
const ARCHIVE_READ_AHEAD_BYTES = 64 * KIB;
const ARCHIVE_EXTRA_SLACK_BYTES = 64;
const ARCHIVE_HELD_MAX_BYTES = 8 * MIB;
const ARCHIVE_HELD_MAX_PIECES = 1024;
const ARCHIVE_MERGE_GAP_BYTES = 32 * KIB;
const ARCHIVE_CONCURRENCY = 8;
const DEFLATED_FIRST_BYTES = 16 * KIB;
const DEFLATED_READ_MAX_BYTES = MIB;
const DEFLATED_PREFIX_BYTES = 128 * KIB;
const DEFLATED_HELD_MAX_BYTES = 32 * MIB;
const INFLATE_CHUNK_BYTES = 256 * KIB;
const WALK_MAX_DEPTH = 32;
const WALK_MAX_ENTRIES = 400_000;
const WALK_MAX_CHARACTERS = 24_000_000;
const GLOB_MAX_CHARACTERS = 1024;
const GLOB_MAX_GLOBSTARS = 4;
const GLOB_MAX_STARS = 4;
const GLOB_MAX_BRACES = 4;
const GLOB_MAX_CHOICES = 40;
const STREAM_CHUNK_BYTES = MIB;
const NAMES_SHOWN = 3;
const PICKLE_MAX_BYTES = 16 * MIB;
const PICKLE_LIMITS = {
    maxOperations: 2_000_000,
    maxStack: 100_000,
    maxMemo: 1_000_000,
};
const RANK_FILES_MAX = 2048;
const LEGACY_PICKLES_FIRST_BYTES = 256 * KIB;
const SALVAGE_MAX_RECORDS = 10_000;
const LOCAL_HEADERS_MAX = 20_000;
const LOCAL_HEADERS_GAP_BYTES = 16 * KIB;
const LOCAL_HEADERS_READ_BYTES = 256 * KIB;
const VALUES_MAX_BYTES = 4 * 1024 * MIB;
const VALUES_MAX_TRANSFER_BYTES = 512 * MIB;
const SWEPT_TORCH_MAX_BYTES = 48 * MIB;
const VALUE_BLOCK_BYTES = 64 * KIB;
const VALUE_DIGEST = { wholeBytes: 16 * KIB, stride: 251 };
const VALUE_PAGE = { bytes: 4 * KIB, stride: 257 };
const VALUE_SHARED_MAX = 4;
const MAGNITUDE_DOUBTFUL = 10_000;
const MAGNITUDE_OVERFLOWING = 1e19;
const ZERO_TAIL_BYTES = 4096;
const MAGNITUDE_VANISHING = 1e-12;
const MAGNITUDE_ALL_VANISHING = 1e-8;
const BLOB_TAIL_BYTES = 64 * KIB;
const BLOB_ERROR_MAX_BYTES = 4 * KIB;
const CHECKPOINTS_MAX = 5000;


/***/ }),

/***/ 316:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $T: () => (/* binding */ namesOnly),
/* harmony export */   EK: () => (/* binding */ NOT_REACHABLE),
/* harmony export */   Me: () => (/* binding */ DamagedError),
/* harmony export */   Yg: () => (/* binding */ NAMES_ONLY),
/* harmony export */   c8: () => (/* binding */ SourceError),
/* harmony export */   w0: () => (/* binding */ scanRanges)
/* harmony export */ });
const NAMES_ONLY = 'NAMES_ONLY';
function namesOnly(source) {
    const { label, root, mark, isUpload } = source;
    return {
        label,
        root,
        ...(mark === undefined ? {} : { mark }),
        ...(isUpload === undefined ? {} : { isUpload }),
        list: () => source.list(),
        open: () => Promise.reject(new SourceError(NAMES_ONLY, 'files are not opened with `depth: files`')),
    };
}
class SourceError extends Error {
    code;
    permission;
    constructor(code, message, permission = null) {
        super(message);
        this.name = 'SourceError';
        this.code = code;
        this.permission = permission;
    }
}
const NOT_REACHABLE = 'NOT_REACHABLE';
class DamagedError extends SourceError {
    damage;
    constructor(damage, message) {
        super('DAMAGED', message);
        this.name = 'DamagedError';
        this.damage = damage;
    }
}
async function scanRanges(reader, ranges, feed) {
    if (reader.scan !== undefined)
        return reader.scan(ranges, feed);
    for (const [start, end] of ranges) {
        let at = start;
        for await (const piece of reader.stream(start, end)) {
            feed(piece, at);
            at += piece.length;
        }
    }
}


/***/ }),

/***/ 389:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ ignoredFolderReason),
/* harmony export */   Z: () => (/* binding */ isBeside)
/* harmony export */ });
function ignoredFolderReason(name) {
    if (name === '.git')
        return 'version control, not training output';
    if (name === 'node_modules')
        return 'packages, not training output';
    if (name === '__MACOSX')
        return 'what macOS keeps beside the files of an archive';
    if (name.startsWith('models--'))
        return 'a model cache: what the job read, not what it wrote';
    return null;
}
const BESIDE = /\.(?:txt|md|rst|log|out|err|csv|tsv|jsonl|ya?ml|toml|cfg|ini|lock|html?|xml|pdf|py|pyc|ipynb|sh|jinja|png|jpe?g|webp|gif|svg|bmp|mp4|webm|wav|mp3|flac|ogg|parquet|arrow)$/i;
function isBeside(name) {
    return BESIDE.test(name);
}


/***/ }),

/***/ 195:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ crc32)
/* harmony export */ });
const POLYNOMIAL = 0xedb88320;
const ROUND = 8;
let known = null;
function makeTables() {
    const tables = new Uint32Array(ROUND * 256);
    for (let byte = 0; byte < 256; byte += 1) {
        let value = byte;
        for (let bit = 0; bit < 8; bit += 1)
            value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
        tables[byte] = value;
    }
    for (let at = 256; at < tables.length; at += 1) {
        const before = tables[at - 256] ?? 0;
        tables[at] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
    }
    return tables;
}
const crc32 = (bytes, seed) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    known ??= makeTables();
    const tables = known;
    const table = (distance, byte) => tables[distance * 256 + (byte & 0xff)] ?? 0;
    let value = ~seed;
    let at = 0;
    for (const end = bytes.length - ROUND; at <= end; at += ROUND) {
        const low = view.getUint32(at, true) ^ value;
        const high = view.getUint32(at + 4, true);
        value =
            table(7, low) ^
                table(6, low >>> 8) ^
                table(5, low >>> 16) ^
                table(4, low >>> 24) ^
                table(3, high) ^
                table(2, high >>> 8) ^
                table(1, high >>> 16) ^
                table(0, high >>> 24);
    }
    for (; at < bytes.length; at += 1)
        value = (value >>> 8) ^ table(0, value ^ view.getUint8(at));
    return ~value >>> 0;
};


/***/ }),

/***/ 191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defective),
/* harmony export */   Y: () => (/* binding */ parsed)
/* harmony export */ });
function parsed(value) {
    return { ok: true, value };
}
function defective(defect) {
    return { ok: false, defect };
}


/***/ }),

/***/ 31:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ END_RECORD_BYTES),
/* harmony export */   l: () => (/* binding */ readEndRecord)
/* harmony export */ });
/* harmony import */ var _parsed_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(191);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(743);
/* harmony import */ var _tail_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(780);



const END_RECORD_BYTES = 22;
const LOCATOR_BYTES = 20;
const LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_RECORD_BYTES = 56;
const ZIP64_RECORD_SIGNATURE = 0x06064b50;
const FIRST_TAIL_BYTES = 4096;
async function readEndRecord(reader, searchStart) {
    const first = Math.max(searchStart, reader.size - FIRST_TAIL_BYTES);
    let tail = await (0,_tail_js__WEBPACK_IMPORTED_MODULE_0__/* .readTail */ .Zr)(reader, first);
    let at = findSignature(tail.bytes);
    if (at === -1 && searchStart < first) {
        tail = await (0,_tail_js__WEBPACK_IMPORTED_MODULE_0__/* .extendTail */ .F5)(reader, tail, searchStart);
        at = findSignature(tail.bytes);
    }
    if (at === -1)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .defective */ .Q)(missingRecord(reader.size, tail.bytes));
    const classic = parseEndRecord(tail.bytes.subarray(at), tail.start + at);
    const record = await readZip64Record(reader, tail, classic);
    return record.ok ? (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .parsed */ .Y)({ record: record.value, tail }) : record;
}
function findSignature(tail) {
    for (let at = tail.length - END_RECORD_BYTES; at >= 0; at -= 1) {
        if (tail[at] === 0x50 &&
            tail[at + 1] === 0x4b &&
            tail[at + 2] === 5 &&
            tail[at + 3] === 6)
            return at;
    }
    return -1;
}
function missingRecord(fileBytes, tail) {
    const searchedBytes = tail.length;
    const last = tail.findLastIndex((byte) => byte !== 0);
    const zeroBytes = searchedBytes - 1 - last;
    return zeroBytes >= END_RECORD_BYTES
        ? { code: 'zero-tail', fileBytes, searchedBytes, zeroBytes }
        : { code: 'no-end-record', fileBytes, searchedBytes };
}
function parseEndRecord(bytes, offset) {
    const view = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .viewOf */ .du)(bytes);
    const commentBytes = view.getUint16(20, true);
    return {
        offset,
        isZip64: false,
        disk: view.getUint16(4, true),
        directoryDisk: view.getUint16(6, true),
        entriesOnDisk: view.getUint16(8, true),
        entries: view.getUint16(10, true),
        directoryBytes: view.getUint32(12, true),
        directoryOffset: view.getUint32(16, true),
        notes: commentNotes(bytes.length - END_RECORD_BYTES - commentBytes),
    };
}
function commentNotes(bytesAfterComment) {
    if (bytesAfterComment > 0)
        return [{ code: 'trailing-bytes', bytes: bytesAfterComment }];
    if (bytesAfterComment < 0)
        return [{ code: 'comment-cut', missingBytes: -bytesAfterComment }];
    return [];
}
async function readZip64Record(reader, tail, classic) {
    const locatorStart = classic.offset - LOCATOR_BYTES;
    if (locatorStart < ZIP64_RECORD_BYTES)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .parsed */ .Y)(classic);
    const locator = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .viewOf */ .du)(await (0,_tail_js__WEBPACK_IMPORTED_MODULE_0__/* .readNearTail */ .bf)(reader, tail, locatorStart, LOCATOR_BYTES));
    if (locator.getUint32(0, true) !== LOCATOR_SIGNATURE)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .parsed */ .Y)(classic);
    const offset = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .readSafeU64 */ .jj)(locator, 8);
    if (offset === null || offset > reader.size - ZIP64_RECORD_BYTES)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .defective */ .Q)({ code: 'end-record-invalid', field: 'zip64-offset' });
    const record = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .viewOf */ .du)(await (0,_tail_js__WEBPACK_IMPORTED_MODULE_0__/* .readNearTail */ .bf)(reader, tail, offset, ZIP64_RECORD_BYTES));
    if (record.getUint32(0, true) !== ZIP64_RECORD_SIGNATURE)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .parsed */ .Y)(classic);
    return parseZip64Record(record, locator.getUint32(16, true), classic);
}
function parseZip64Record(view, disks, classic) {
    const recordBytes = view.getBigUint64(4, true);
    if (recordBytes < BigInt(ZIP64_RECORD_BYTES - 12))
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .defective */ .Q)({ code: 'end-record-invalid', field: 'zip64-size' });
    if (disks !== 1)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .defective */ .Q)({ code: 'end-record-invalid', field: 'disks' });
    const entriesOnDisk = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .readSafeU64 */ .jj)(view, 24);
    const entries = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .readSafeU64 */ .jj)(view, 32);
    if (!isMinizCount(entries) || !isMinizCount(entriesOnDisk))
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .defective */ .Q)({ code: 'end-record-invalid', field: 'entry-count' });
    const directoryBytes = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .readSafeU64 */ .jj)(view, 40);
    if (!isMinizCount(directoryBytes))
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .defective */ .Q)({ code: 'end-record-invalid', field: 'directory-size' });
    const directoryOffset = (0,_fields_js__WEBPACK_IMPORTED_MODULE_2__/* .readSafeU64 */ .jj)(view, 48);
    if (directoryOffset === null)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .defective */ .Q)({ code: 'end-record-invalid', field: 'directory-offset' });
    return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_1__/* .parsed */ .Y)({
        ...classic,
        isZip64: true,
        disk: view.getUint32(16, true),
        directoryDisk: view.getUint32(20, true),
        entriesOnDisk,
        entries,
        directoryBytes,
        directoryOffset,
    });
}
function isMinizCount(value) {
    return value !== null && value <= 0xffff_ffff;
}


/***/ }),

/***/ 212:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ parseEntries),
/* harmony export */   Y: () => (/* binding */ DIRECTORY_RECORD_BYTES)
/* harmony export */ });
/* harmony import */ var _parsed_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(191);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(743);


const DIRECTORY_RECORD_BYTES = 46;
const DIRECTORY_RECORD_SIGNATURE = 0x02014b50;
const ZIP64_EXTRA_ID = 0x0001;
const ZIP64_ELSEWHERE = 0xffff_ffff;
const NO_DISK = 0xffff;
const ENCRYPTED_BITS = 0b100_0001;
const MASKED_BIT = 1 << 13;
function parseEntries(directory, expected) {
    const entries = [];
    let at = 0;
    for (let index = 0; index < expected.entries; index += 1) {
        const record = parseRecord(directory.subarray(at), index, expected);
        if (!record.ok)
            return record;
        entries.push(record.value.entry);
        at += record.value.length;
    }
    return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_0__/* .parsed */ .Y)(entries);
}
function parseRecord(bytes, index, expected) {
    const { entries, fileBytes } = expected;
    const truncated = {
        code: 'directory-truncated',
        index,
        entries,
        sizeBytes: bytes.length,
    };
    if (bytes.length < DIRECTORY_RECORD_BYTES)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_0__/* .defective */ .Q)(truncated);
    const view = (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .viewOf */ .du)(bytes);
    if (view.getUint32(0, true) !== DIRECTORY_RECORD_SIGNATURE)
        return invalid(index, 'signature');
    const nameBytes = view.getUint16(28, true);
    const extraEnd = DIRECTORY_RECORD_BYTES + nameBytes + view.getUint16(30, true);
    const length = extraEnd + view.getUint16(32, true);
    const nameEnd = DIRECTORY_RECORD_BYTES + nameBytes;
    const extent = parseExtent(view, bytes.subarray(nameEnd, extraEnd));
    if (extent === null)
        return invalid(index, 'zip64');
    const field = findInvalidField(view, expected.disk);
    if (field !== null)
        return invalid(index, field);
    if (length > bytes.length)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_0__/* .defective */ .Q)(truncated);
    const name = (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeName */ .e4)(bytes.subarray(DIRECTORY_RECORD_BYTES, nameEnd));
    const endBytes = extent.localHeaderOffset + _fields_js__WEBPACK_IMPORTED_MODULE_1__/* .LOCAL_HEADER_BYTES */ .q_ + extent.compressedBytes;
    if (endBytes > fileBytes)
        return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_0__/* .defective */ .Q)({
            code: 'entry-beyond-file',
            index,
            name,
            endBytes,
            fileBytes,
        });
    const flags = view.getUint16(8, true);
    const entry = {
        index,
        name,
        nameBytes,
        method: view.getUint16(10, true),
        flags,
        crc32: view.getUint32(16, true),
        ...extent,
        isEncrypted: (flags & ENCRYPTED_BITS) !== 0,
    };
    return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_0__/* .parsed */ .Y)({ entry, length });
}
function invalid(index, field) {
    return (0,_parsed_js__WEBPACK_IMPORTED_MODULE_0__/* .defective */ .Q)({ code: 'entry-invalid', index, field });
}
function findInvalidField(view, disk) {
    const compressedBytes = view.getUint32(20, true);
    const sizeBytes = view.getUint32(24, true);
    if (compressedBytes !== ZIP64_ELSEWHERE && sizeBytes !== ZIP64_ELSEWHERE) {
        const isStored = view.getUint32(10, true) === 0;
        if (isStored && compressedBytes !== sizeBytes)
            return 'sizes';
        if (sizeBytes > 0 && compressedBytes === 0)
            return 'sizes';
    }
    const entryDisk = view.getUint16(34, true);
    if (entryDisk === NO_DISK || (entryDisk !== disk && entryDisk !== 1))
        return 'disk';
    return (view.getUint16(8, true) & MASKED_BIT) === 0 ? null : 'masked';
}
function parseExtent(view, extra) {
    const extent = {
        compressedBytes: view.getUint32(20, true),
        sizeBytes: view.getUint32(24, true),
        localHeaderOffset: view.getUint32(42, true),
    };
    const isElsewhere = Object.values(extent).includes(ZIP64_ELSEWHERE);
    if (!isElsewhere || extra.length === 0)
        return extent;
    const field = findZip64Extra(extra);
    if (field === 'malformed')
        return null;
    return field === 'absent' ? extent : applyZip64(extent, field);
}
function findZip64Extra(extra) {
    const view = (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .viewOf */ .du)(extra);
    let at = 0;
    while (at < extra.length) {
        if (extra.length - at < 4)
            return 'malformed';
        const end = at + 4 + view.getUint16(at + 2, true);
        if (end > extra.length)
            return 'malformed';
        if (view.getUint16(at, true) === ZIP64_EXTRA_ID)
            return extra.subarray(at + 4, end);
        at = end;
    }
    return 'absent';
}
function applyZip64(extent, field) {
    const view = (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .viewOf */ .du)(field);
    const replaced = { ...extent };
    let at = 0;
    for (const key of [
        'sizeBytes',
        'compressedBytes',
        'localHeaderOffset',
    ]) {
        if (extent[key] !== ZIP64_ELSEWHERE)
            continue;
        const value = at + 8 <= field.length ? (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .readSafeU64 */ .jj)(view, at) : null;
        if (value === null)
            return null;
        replaced[key] = value;
        at += 8;
    }
    return replaced;
}


/***/ }),

/***/ 743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   du: () => (/* binding */ viewOf),
/* harmony export */   e4: () => (/* binding */ decodeName),
/* harmony export */   jj: () => (/* binding */ readSafeU64),
/* harmony export */   q_: () => (/* binding */ LOCAL_HEADER_BYTES)
/* harmony export */ });
const LOCAL_HEADER_BYTES = 30;
function viewOf(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
function readSafeU64(view, offset) {
    const value = view.getBigUint64(offset, true);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
}
const HIGH_BYTE_BASE = 0xdc00;
function decodeName(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : HIGH_BYTE_BASE + byte)).join('');
    }
}


/***/ }),

/***/ 780:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F5: () => (/* binding */ extendTail),
/* harmony export */   Zr: () => (/* binding */ readTail),
/* harmony export */   bf: () => (/* binding */ readNearTail)
/* harmony export */ });
async function readTail(reader, start) {
    return { start, bytes: await reader.read(start, reader.size - start) };
}
async function extendTail(reader, tail, start) {
    if (start >= tail.start)
        return tail;
    const missing = await reader.read(start, tail.start - start);
    return { start, bytes: joinBytes(missing, tail.bytes) };
}
async function readNearTail(reader, tail, start, length) {
    const end = start + length;
    if (end <= tail.start)
        return reader.read(start, length);
    const held = tail.bytes.subarray(Math.max(start, tail.start) - tail.start, end - tail.start);
    if (start >= tail.start)
        return held;
    return joinBytes(await reader.read(start, tail.start - start), held);
}
function joinBytes(first, second) {
    const joined = new Uint8Array(first.length + second.length);
    joined.set(first);
    joined.set(second, first.length);
    return joined;
}


/***/ }),

/***/ 66:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ writeWhole)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);


async function writeWhole(path, text) {
    const target = await orNull(node_fs__WEBPACK_IMPORTED_MODULE_0__.promises.realpath(path));
    if (target === null)
        return replace(path, text, 0o666);
    const { mode, isRegular } = await look(target);
    if (!isRegular)
        return node_fs__WEBPACK_IMPORTED_MODULE_0__.promises.writeFile(target, text);
    await node_fs__WEBPACK_IMPORTED_MODULE_0__.promises.access(target, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK);
    return replace(target, text, mode);
}
async function replace(path, text, mode) {
    const name = `.checkpoint-gate-${crypto.randomUUID()}.tmp`;
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), name);
    try {
        await node_fs__WEBPACK_IMPORTED_MODULE_0__.promises.writeFile(temporary, text, { flag: 'wx', mode });
        await node_fs__WEBPACK_IMPORTED_MODULE_0__.promises.rename(temporary, path);
    }
    catch (error) {
        await node_fs__WEBPACK_IMPORTED_MODULE_0__.promises.rm(temporary, { force: true });
        throw error;
    }
}
async function look(path) {
    const stat = await node_fs__WEBPACK_IMPORTED_MODULE_0__.promises.stat(path);
    return { mode: stat.mode & 0o777, isRegular: stat.isFile() };
}
async function orNull(found) {
    try {
        return await found;
    }
    catch (error) {
        const isAbsent = typeof error === 'object' &&
            error !== null &&
            'code' in error &&
            error.code === 'ENOENT';
        if (isAbsent)
            return null;
        throw error;
    }
}


/***/ }),

/***/ 601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ crc32)
/* harmony export */ });
/* harmony import */ var _core_formats_crc32_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(195);

let fastest = null;
const crc32 = (bytes, seed) => {
    fastest ??= findFastest();
    return fastest(bytes, seed);
};
function findFastest() {
    const zlib = process.getBuiltinModule('node:zlib');
    return 'crc32' in zlib ? (bytes, seed) => zlib.crc32(bytes, seed) : _core_formats_crc32_js__WEBPACK_IMPORTED_MODULE_0__/* .crc32 */ .Q;
}


/***/ }),

/***/ 130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hu: () => (/* binding */ holdBuffers),
/* harmony export */   Sv: () => (/* binding */ holdHeap),
/* harmony export */   kK: () => (/* binding */ holdYoungGeneration)
/* harmony export */ });
function holdYoungGeneration() {
    const v8 = process.getBuiltinModule('node:v8');
    v8.setFlagsFromString('--semi-space-growth-factor=1');
}
let isHeld = false;
function holdHeap() {
    if (isHeld)
        return;
    isHeld = true;
    holdYoungGeneration();
    const v8 = process.getBuiltinModule('node:v8');
    v8.setFlagsFromString('--heap-growing-percent=20');
    endMarking(v8);
    v8.setFlagsFromString('--no-incremental-marking');
}
function endMarking(v8) {
    v8.setFlagsFromString('--expose-gc');
    const { runInNewContext } = process.getBuiltinModule('node:vm');
    const collect = runInNewContext('gc');
    v8.setFlagsFromString('--no-expose-gc');
    collect();
}
const V8_WITH_CAPACITY = '13.';
function holdBuffers() {
    if (!process.versions.v8.startsWith(V8_WITH_CAPACITY))
        return;
    const v8 = process.getBuiltinModule('node:v8');
    v8.setFlagsFromString('--scavenger-max-new-space-capacity-mb=2');
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(273);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
