using SharpFuzz;

namespace Nvdimm.Fuzzing;

/// <summary>Rewrites libraries so that they count the branches that they take.</summary>
internal static class Instrumentation
{
    /// <summary>Rewrites the project's libraries in a folder, which is a copy: a library is rewritten once only.</summary>
    public static int Run(string folder)
    {
        foreach (var library in Directory.EnumerateFiles(folder, "Nvdimm.Extensions*.dll"))
        {
            var types = Fuzzer.Instrument(library, _ => true, Options.Value).Count();
            Console.WriteLine($"{Path.GetFileName(library)}: {types} types");
        }

        return 0;
    }
}
