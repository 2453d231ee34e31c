import { int, list, tensor, text } from './pickle.ts';
import { fields, optimizerState, schedulerState, torchFile } from './state.ts';

/** What a test changes of a file that Lightning wrote. */
export interface LightningSpec {
  readonly step?: number;
  /** Entries in place of its own, or besides. */
  readonly entries?: Readonly<Record<string, readonly number[]>>;
  /** Entries that are left out, as `save_weights_only` leaves some. */
  readonly without?: readonly string[];
}

/** One file as `Trainer.save_checkpoint` of Lightning writes it, of a tiny model. */
export function lightningFile({
  step = 2,
  entries = {},
  without = [],
}: LightningSpec = {}): Uint8Array {
  const storages: Uint8Array[] = [];
  const optimizer = optimizerState({ step }, storages);
  const key = String(storages.length);
  storages.push(new Uint8Array(new Float32Array(8).fill(0.5).buffer));
  const whole = {
    epoch: int(0),
    global_step: int(step),
    'pytorch-lightning_version': text('2.6.6'),
    state_dict: fields({ 'layer.weight': tensor({ shape: [2, 4], key }) }),
    loops: fields({ fit_loop: fields({ state_dict: fields({}) }) }),
    callbacks: fields({}),
    optimizer_states: list(optimizer),
    lr_schedulers: list(schedulerState(step)),
    ...entries,
  };
  const kept = Object.entries(whole).filter(
    ([name]) => !without.includes(name),
  );
  return torchFile(fields(Object.fromEntries(kept)), storages);
}
