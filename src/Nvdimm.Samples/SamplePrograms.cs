namespace Nvdimm.Samples;

/// <summary>Finds a sample by its name and runs it. Safe for use by several threads.</summary>
internal static class SamplePrograms
{
    /// <summary>The samples by name.</summary>
    public static IReadOnlyDictionary<string, Func<TextWriter, Task>> All { get; } =
        new Dictionary<string, Func<TextWriter, Task>>(StringComparer.Ordinal)
        {
            ["size"] = SizeADevice.RunAsync,
            ["plan"] = PlanAndApply.RunAsync,
            ["category"] = OwnCategory.RunAsync,
            ["test"] = TestOfAutomation.RunAsync,
            ["observe"] = HealthAndTraces.RunAsync,
            ["inventory"] = OwnInventory.RunAsync,
        };

    /// <summary>Runs the sample that the first argument names.</summary>
    /// <param name="arguments">The name of a sample.</param>
    /// <param name="output">Takes what it prints.</param>
    /// <returns>0; 2 without such a sample.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(output);
        if (arguments is not [var name] || !All.TryGetValue(name, out var sample))
        {
            await output.WriteLineAsync($"Name one of the samples: {string.Join(", ", All.Keys)}.");
            return 2;
        }

        await sample(output);
        return 0;
    }
}
