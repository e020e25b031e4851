using Nvdimm.Samples;

return await SamplePrograms.RunAsync(args, Console.Out);
