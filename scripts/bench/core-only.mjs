/**
 * What any action in TypeScript pays: to load @actions/core, read an input, print,
 * and set an output. Bundled as it is, it is what the start of ours is held against.
 */
import * as core from '@actions/core';

core.info(core.getInput('path'));
core.setOutput('verdict', 'pass');
