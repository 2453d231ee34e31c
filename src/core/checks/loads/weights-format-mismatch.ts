import { defineCheck } from '../../define-check.ts';
import { contentName, isPlaceholder } from '../../formats/content.ts';
import { TORCHSCRIPT_LOADER_ERROR } from '../../formats/torch-zip-errors.ts';
import type { Content } from '../../formats/content.ts';
import type { WeightsFormat } from '../../layout/subjects.ts';
import { isOwnFormat, TORCH_UNPICKLING_ERROR } from '../weights-content.ts';

const LOADERS: Readonly<Record<WeightsFormat, string>> = {
  safetensors: 'the safetensors reader',
  torch: 'torch.load',
};

export const weightsFormatMismatch = defineCheck({
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
      text: ({
        name,
        found,
        format,
      }: {
        name: string;
        found: string;
        format: WeightsFormat;
      }) => `${name} is ${found}, which ${LOADERS[format]} does not read.`,
      loaderErrors: ({ format }) =>
        format === 'torch'
          ? [TORCH_UNPICKLING_ERROR]
          : [
              'Error while deserializing header: header too large',
              'Error while deserializing header: HeaderTooLarge',
            ],
    },
    torchTar: {
      text: ({ name }: { name: string }) =>
        `${name} is a tar archive: torch.load takes it for a file of torch 0.1, and refuses these by default.`,
      fix: 'Unpack it if it is an archive of files; a file of torch 0.1 has to be loaded once with weights_only=False, if it can be trusted, and saved anew.',
      loaderErrors: () => [
        'RuntimeError: Cannot use ``weights_only=True`` with files saved in the legacy .tar format.',
      ],
    },
    torchScript: {
      text: ({ name }: { name: string }) =>
        `${name} is a TorchScript archive, which torch.load refuses by default.`,
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
    if (isPlaceholder(content.kind) || isOwnFormat(format, content)) return;
    if (format === 'torch' && content.kind === 'tar')
      return report('torchTar', { name: file.name });
    report('other', { name: file.name, found: nameOf(content), format });
  },
});

function nameOf(content: Content): string {
  const name = contentName(content.kind);
  return content.kind === 'unknown'
    ? `${name} (first bytes ${content.firstBytes})`
    : name;
}
