interface ZeroSave {
  /** Data-parallel ranks whose files are there. */
  readonly ranks: readonly number[];
  readonly modelRanks?: readonly number[];
  readonly stage?: 2 | 3;
  readonly tag?: string;
}

/** What DeepSpeed ZeRO leaves below a folder: its state, `latest`, the converter. */
export function zeroFiles(
  folder: string,
  { ranks, modelRanks = [0], stage = 2, tag = 'global_step4' }: ZeroSave,
): Record<string, string> {
  const top = folder === '.' ? '' : `${folder}/`;
  const below = `${top}${tag}/`;
  const names = modelRanks.flatMap((rank) => {
    const model = `mp_rank_${String(rank).padStart(2, '0')}`;
    return [
      ...(stage === 2 ? [`${model}_model_states.pt`] : []),
      ...ranks.flatMap((dataRank) => [
        ...(stage === 3
          ? [`zero_pp_rank_${dataRank}_${model}_model_states.pt`]
          : []),
        `bf16_zero_pp_rank_${dataRank}_${model}_optim_states.pt`,
      ]),
    ];
  });
  return {
    ...Object.fromEntries(names.map((name) => [`${below}${name}`, 'x'])),
    [`${top}latest`]: tag,
    [`${top}zero_to_fp32.py`]: '',
  };
}

/** What torch's distributed checkpoint leaves in a folder. */
export function dcpFiles(folder: string, ranks = 2): Record<string, string> {
  const names = Array.from({ length: ranks }, (_, at) => `__${at}_0.distcp`);
  return Object.fromEntries(
    ['.metadata', ...names].map((name) => [`${folder}/${name}`, 'x']),
  );
}
