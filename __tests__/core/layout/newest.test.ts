import { expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

const MLX = safetensors({ 'layers.0.lora_a': { shape: [2, 2] } });
const MLX_CONFIG =
  '{"num_layers": 2, "lora_parameters": {"rank": 8, "scale": 20, "dropout": 0}}';

test('the newest that loads is the path to load', async () => {
  const newestOf = async (files: CaseFiles) => {
    const { runs } = await inspect({
      targets: [{ named: 'run', sources: [memorySource('run', files)] }],
      options: { expect: 'auto', require: 'all' },
      checks: CHECKS,
    });
    return runs.map(({ newestLoadable }) => newestLoadable);
  };
  expect(await newestOf(adapterFiles('checkpoint-4/mine'))).toEqual([
    'run/checkpoint-4/mine',
  ]);
  const two = {
    ...adapterFiles('checkpoint-2'),
    ...adapterFiles('checkpoint-4/mine'),
    ...adapterFiles('checkpoint-4/other'),
  };
  expect(await newestOf(two)).toEqual(['run/checkpoint-2']);
  const mlx = {
    'adapters.safetensors': MLX,
    '0000100_adapters.safetensors': MLX,
    'adapter_config.json': MLX_CONFIG,
  };
  expect(await newestOf(mlx)).toEqual(['run']);
});
