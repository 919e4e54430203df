import 'reflect-metadata';
import { describeApi } from '../../node/src/http/index.js';
import { json, settle } from '../lib/generated.js';
import { previewApp } from './preview-app.js';

settle({ 'test/snapshots/openapi.json': json(describeApi(await previewApp())) });
