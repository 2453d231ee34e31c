import { parsed } from '../formats/parsed.ts';
import type { Parsed } from '../formats/parsed.ts';
import type { HeaderRecall } from '../formats/safetensors/recall.ts';
import type {
  SafetensorsDefect,
  SafetensorsHeader,
} from '../formats/safetensors/types.ts';
import { memoise } from './memoise.ts';
import type { Shelf } from './shelf.ts';

/** What the files of a source have in common, so that they take less memory. */
export interface Shared {
  readonly recall: HeaderRecall;
  readonly shelf: Shelf;
  /** For whole JSON documents. */
  readonly documents: Shelf;
}

/** A header that may be let go of, and of it what is kept. */
export function headerFacts(
  { recall, shelf }: Pick<Shared, 'recall' | 'shelf'>,
  read: (
    recall: HeaderRecall,
  ) => Promise<Parsed<SafetensorsHeader, SafetensorsDefect>>,
) {
  const header = shelf((takes) =>
    read((text, fileBytes, decode) => {
      takes(text.length);
      return recall(text, fileBytes, decode);
    }),
  );
  const tensorCount = memoise(async () => {
    const whole = await header();
    return whole.ok ? parsed(whole.value.tensors.length) : whole;
  });
  return {
    safetensors: async () => {
      // Before it can be let go of.
      await tensorCount();
      return header();
    },
    tensorCount,
    forget: () => {
      header.forget();
    },
  };
}
