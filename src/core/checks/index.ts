// Generated from the files beside it by scripts/generate.mjs.
import type { AnyCheck } from '../define-check.ts';
import { adapterConfigInvalid } from './loads/adapter-config-invalid.ts';
import { adapterConfigMissing } from './loads/adapter-config-missing.ts';
import { adapterInSubfolder } from './loads/adapter-in-subfolder.ts';
import { adapterKeysIgnored } from './loads/adapter-keys-ignored.ts';
import { adapterNotResumed } from './resumes/adapter-not-resumed.ts';
import { adapterScaleInvalid } from './loads/adapter-scale-invalid.ts';
import { adapterShapeMismatch } from './loads/adapter-shape-mismatch.ts';
import { adapterSliced } from './loads/adapter-sliced.ts';
import { adapterSwitchNotBoolean } from './loads/adapter-switch-not-boolean.ts';
import { adapterTaskUnset } from './loads/adapter-task-unset.ts';
import { adapterTensorsMissing } from './loads/adapter-tensors-missing.ts';
import { adapterUntrained } from './trained/adapter-untrained.ts';
import { archiveCompressed } from './progress/archive-compressed.ts';
import { archiveEntryDamaged } from './loads/archive-entry-damaged.ts';
import { archiveMalformed } from './progress/archive-malformed.ts';
import { baseModelUnnamed } from './loads/base-model-unnamed.ts';
import { bestCheckpointMissing } from './resumes/best-checkpoint-missing.ts';
import { checkpointEmpty } from './loads/checkpoint-empty.ts';
import { checkpointKindUnexpected } from './loads/checkpoint-kind-unexpected.ts';
import { checkpointNoneFound } from './progress/checkpoint-none-found.ts';
import { checkpointsTooFew } from './progress/checkpoints-too-few.ts';
import { classifierHeadMissing } from './loads/classifier-head-missing.ts';
import { dcpMetadataInvalid } from './resumes/dcp-metadata-invalid.ts';
import { dcpMetadataMissing } from './resumes/dcp-metadata-missing.ts';
import { indexInvalid } from './loads/index-invalid.ts';
import { indexTensorMisplaced } from './loads/index-tensor-misplaced.ts';
import { latestTagMissing } from './resumes/latest-tag-missing.ts';
import { learningRateZero } from './trained/learning-rate-zero.ts';
import { lightningFolderIncomplete } from './resumes/lightning-folder-incomplete.ts';
import { lossDiverged } from './trained/loss-diverged.ts';
import { lossFlat } from './trained/loss-flat.ts';
import { lossNoSignal } from './trained/loss-no-signal.ts';
import { lossNotFinite } from './trained/loss-not-finite.ts';
import { mlxConfigInvalid } from './loads/mlx-config-invalid.ts';
import { modelConfigInvalid } from './loads/model-config-invalid.ts';
import { modelConfigMissing } from './loads/model-config-missing.ts';
import { optimizerStateMismatch } from './resumes/optimizer-state-mismatch.ts';
import { optimizerStateMissing } from './resumes/optimizer-state-missing.ts';
import { peftTypeUnknown } from './loads/peft-type-unknown.ts';
import { resumeBlocked } from './resumes/resume-blocked.ts';
import { rngStateMissing } from './resumes/rng-state-missing.ts';
import { runsMixed } from './progress/runs-mixed.ts';
import { safetensorsHeaderInvalid } from './loads/safetensors-header-invalid.ts';
import { safetensorsNotCanonical } from './loads/safetensors-not-canonical.ts';
import { safetensorsOffsetsInvalid } from './loads/safetensors-offsets-invalid.ts';
import { safetensorsSizeMismatch } from './loads/safetensors-size-mismatch.ts';
import { safetensorsTrailingBytes } from './loads/safetensors-trailing-bytes.ts';
import { safetensorsTruncated } from './loads/safetensors-truncated.ts';
import { saveFilesMixed } from './resumes/save-files-mixed.ts';
import { saveKilled } from './loads/save-killed.ts';
import { saveUnfinished } from './resumes/save-unfinished.ts';
import { schedulerStepMismatch } from './resumes/scheduler-step-mismatch.ts';
import { shardFileDamaged } from './resumes/shard-file-damaged.ts';
import { shardMissing } from './loads/shard-missing.ts';
import { shardStale } from './loads/shard-stale.ts';
import { sideWeightsMissing } from './loads/side-weights-missing.ts';
import { stateFileMissing } from './resumes/state-file-missing.ts';
import { stateFileUnreadable } from './resumes/state-file-unreadable.ts';
import { stepJump } from './progress/step-jump.ts';
import { stepMissing } from './progress/step-missing.ts';
import { stepUnitMismatch } from './progress/step-unit-mismatch.ts';
import { tensorConstant } from './trained/tensor-constant.ts';
import { tensorMagnitudeAbsurd } from './trained/tensor-magnitude-absurd.ts';
import { tensorNotFinite } from './trained/tensor-not-finite.ts';
import { tensorZeroDimension } from './loads/tensor-zero-dimension.ts';
import { torchLegacyIncomplete } from './loads/torch-legacy-incomplete.ts';
import { torchNotStateDict } from './loads/torch-not-state-dict.ts';
import { torchPickleRefused } from './loads/torch-pickle-refused.ts';
import { torchRecordDamaged } from './loads/torch-record-damaged.ts';
import { torchTrailingData } from './loads/torch-trailing-data.ts';
import { torchZipIncomplete } from './loads/torch-zip-incomplete.ts';
import { trainStateInvalid } from './resumes/train-state-invalid.ts';
import { trainerStateInvalid } from './resumes/trainer-state-invalid.ts';
import { trainerStateMissing } from './resumes/trainer-state-missing.ts';
import { trainerStateStepMismatch } from './resumes/trainer-state-step-mismatch.ts';
import { vocabularyUnembedded } from './loads/vocabulary-unembedded.ts';
import { weightsBothFormats } from './loads/weights-both-formats.ts';
import { weightsFormatMismatch } from './loads/weights-format-mismatch.ts';
import { weightsMissing } from './loads/weights-missing.ts';
import { weightsNoTensors } from './loads/weights-no-tensors.ts';
import { weightsPlaceholder } from './loads/weights-placeholder.ts';
import { weightsUnchanged } from './trained/weights-unchanged.ts';
import { weightsUnreadable } from './loads/weights-unreadable.ts';
import { zeroRanksMissing } from './resumes/zero-ranks-missing.ts';

/** Every check, sorted by id. */
export const CHECKS: readonly AnyCheck[] = [
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
