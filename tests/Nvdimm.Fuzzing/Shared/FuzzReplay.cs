namespace Nvdimm.Fuzzing.Shared;

/// <summary>What ordinary tests do with a target: every kept input, and some thousand new ones of a fixed seed.</summary>
internal static class FuzzReplay
{
    /// <summary>Reads every input of the corpus.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="FuzzFailureException">Something does not hold for one; it is named.</exception>
    public static int Corpus(FuzzTarget target)
    {
        var files = Shared.Corpus.FilesOf(target);
        foreach (var file in files)
        {
            Execute(target, File.ReadAllBytes(file), file);
        }

        return files.Count;
    }

    /// <summary>Reads mutations of the corpus, always the same ones.</summary>
    /// <exception cref="FuzzFailureException">Something does not hold for one; it is shown.</exception>
    public static void Mutations(FuzzTarget target, long seed, int count)
    {
        var numbers = new FuzzNumbers(seed);
        var mutator = new Mutator(target, numbers);
        var inputs = Shared.Corpus.Of(target);
        for (var number = 0; number < count; number++)
        {
            var input = mutator.Mutate(numbers.OneOf(inputs), numbers.OneOf(inputs));
            Execute(target, input, $"mutation {number} of seed {seed}: {Convert.ToBase64String(input)}");
        }
    }

    private static void Execute(FuzzTarget target, byte[] input, string name)
    {
        try
        {
            target.Execute(input);
        }
        catch (Exception failure)
        {
            throw new FuzzFailureException($"{target.Name}, {name}: {failure}");
        }
    }
}
