import type { AnyCheck, Message } from './define-check.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isList, withKeptTexts, withoutLongTexts } from './report-texts.ts';
import type { Keep } from './report-texts.ts';
import type { Finding, Json, JsonRecord, Location, Severity } from './types.ts';

/** Names that a list in the data of a finding holds; the text counts them all. */
const DATA_MAX_NAMES = 100;

/** What a check reported, in its words. */
export function makeFinding(
  { meta }: Pick<AnyCheck, 'meta'>,
  name: string,
  message: Message<never>,
  data: JsonRecord,
  place: {
    readonly where: Location;
    readonly isUpload: boolean;
    readonly severity?: Severity;
    readonly keep: Keep;
  },
): Finding {
  const { keep } = place;
  const where = withKeptTensor(place.where, keep);
  const fix = message.fix ?? meta.fix;
  const short = withoutLongTexts(data, keep);
  // Of the message's own type: the `report` of a check takes no other.
  const own = short as never;
  return {
    check: meta.id,
    message: name,
    question: meta.question,
    severity: place.severity ?? message.severity ?? meta.severity,
    confidence: message.confidence ?? meta.confidence,
    where,
    data: withKeptTexts(capLists(short), keep),
    text: keep(message.text(own)),
    why: [
      message.why ?? meta.why,
      ...(place.isUpload && message.inUpload ? [message.inUpload] : []),
    ].join(' '),
    fix: typeof fix === 'string' ? fix : keep(fix(own)),
    loaderErrors: (message.loaderErrors?.(own) ?? []).map(keep),
    fingerprint: fingerprintOf([meta.id, name, where.path, where.tensor ?? '']),
    ...(message.settles ? { settles: true } : {}),
  };
}

function withKeptTensor(where: Location, keep: Keep): Location {
  const { tensor } = where;
  return tensor === undefined ? where : { ...where, tensor: keep(tensor) };
}

/** An error on a checkpoint that a newer one has overtaken need not fail a run. */
export function withNewestAdvice(found: Finding): Finding {
  if (found.severity !== 'error') return found;
  const advice =
    'If only the newest checkpoint has to hold, set `require: newest`.';
  return { ...found, fix: `${found.fix} ${advice}` };
}

/** The whole list of a broken model would be larger than its header. */
function capLists(data: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      isList(value) ? capList(value) : value,
    ]),
  );
}

function capList(list: readonly Json[]): readonly Json[] {
  const rest = list.length - DATA_MAX_NAMES;
  return rest > 0
    ? [...list.slice(0, DATA_MAX_NAMES), `… and ${rest} more`]
    : list;
}
