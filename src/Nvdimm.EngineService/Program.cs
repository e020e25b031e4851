return await Nvdimm.EngineService.Startup.RunAsync(args, Console.Out, Console.Error);
