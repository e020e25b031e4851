using System.Diagnostics;
using Nvdimm.Fuzzing.Shared;

namespace Nvdimm.Fuzzing;

/// <summary>Reads mutated inputs, keeps those that take new branches, and writes down those that break something.</summary>
internal sealed class FuzzRun : IDisposable
{
    private const int LongestKept = 16 << 10;
    private const int MostKept = 280;
    private const int MostBytesKept = 900 << 10;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly FuzzTarget target;
    private readonly string folder;
    private readonly Coverage coverage;
    private readonly CurrentInput current;
    private readonly List<byte[]> pool = [];
    private readonly HashSet<string> failures = new(StringComparer.Ordinal);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan shown;
    private long executions;

    /// <param name="target">What reads.</param>
    /// <param name="coverage">Which branches were taken; made before anything of the libraries runs.</param>
    /// <param name="folder">Where failures go.</param>
    public FuzzRun(FuzzTarget target, Coverage coverage, string folder)
    {
        (this.target, this.coverage, this.folder) = (target, coverage, folder);
        Directory.CreateDirectory(folder);
        foreach (var input in CurrentInput.Left(folder))
        {
            File.WriteAllBytes(Path.Combine(folder, $"crash-{Corpus.NameOf(input)}"), input);
        }

        current = new CurrentInput(folder);
    }

    /// <summary>Runs so many executions.</summary>
    /// <returns>The number of different failures.</returns>
    public int Run(long count, long seed)
    {
        Begin();
        var numbers = new FuzzNumbers(seed);
        var mutator = new Mutator(target, numbers);
        while (executions < count)
        {
            var mutated = mutator.Mutate(Choose(numbers), Choose(numbers));
            if (Execute(mutated) && mutated.Length <= LongestKept)
            {
                pool.Add(mutated);
            }
        }

        Show();
        return failures.Count;
    }

    /// <summary>Chooses the inputs that together take every branch that was taken, short ones first, and writes them in place of the corpus.</summary>
    public void Keep()
    {
        var kept = Corpus.FolderOf(target);
        var regressions = Corpus.FilesOf(target).Where(file => Path.GetFileName(file).StartsWith(Corpus.Regression, StringComparison.Ordinal)).ToList();
        foreach (var old in Corpus.FilesOf(target).Except(regressions, StringComparer.Ordinal))
        {
            File.Delete(old);
        }

        coverage.Clear();
        regressions.ForEach(file => Execute(File.ReadAllBytes(file)));
        var (files, bytes) = (regressions.Count, 0);
        foreach (var input in pool.OrderBy(input => input.Length).Where(input => input.Length <= LongestKept))
        {
            var before = coverage.Branches;
            Execute(input);
            if (coverage.Branches > before && files < MostKept && bytes + input.Length <= MostBytesKept)
            {
                File.WriteAllBytes(Path.Combine(kept, Corpus.NameOf(input)), input);
                (files, bytes) = (files + 1, bytes + input.Length);
            }
        }

        Console.WriteLine($"{target.Name}: {files} files, {bytes} bytes kept, {coverage.Branches} of the branches");
    }

    public void Dispose() => current.Dispose();

    /// <summary>One of the pool, mostly a new one, and mostly a short one: these are read faster, and more of their bytes matter.</summary>
    private byte[] Choose(FuzzNumbers numbers)
    {
        var recent = Math.Max(1, pool.Count / 4);
        byte[]? shortest = null;
        for (var tries = 1 + numbers.Below(4); tries > 0; tries--)
        {
            var input = numbers.Below(2) == 0 ? pool[^(1 + numbers.Below(recent))] : numbers.OneOf(pool);
            shortest = shortest is null || input.Length < shortest.Length ? input : shortest;
        }

        return shortest!;
    }

    private void Begin()
    {
        Directory.CreateDirectory(Corpus.FolderOf(target));
        foreach (var input in target.Samples().Concat(Corpus.Of(target)))
        {
            Execute(input);
            pool.Add(input);
        }

        if (coverage.Branches == 0)
        {
            throw new InvalidOperationException("The libraries do not count their branches: start it with build/fuzz.sh");
        }
    }

    /// <summary>Whether it took new branches.</summary>
    private bool Execute(byte[] input)
    {
        executions++;
        if (clock.Elapsed - shown > Between)
        {
            Show();
        }

        current.Begin(input);
        Coverage.Begin();
        try
        {
            target.Execute(input);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Fail(input, failure);
        }

        return coverage.HasNew();
    }

    private void Fail(byte[] input, Exception failure)
    {
        if (!failures.Add(KeyOf(failure)))
        {
            return;
        }

        var reduced = Reduce(input, KeyOf(failure));
        var name = Path.Combine(folder, $"failure-{Corpus.NameOf(reduced)}");
        File.WriteAllBytes(name, reduced);
        File.WriteAllText($"{name}.txt", $"{failure}\n");
        Console.Error.WriteLine($"{target.Name}: {KeyOf(failure)}\n  {name}");
    }

    /// <summary>A shorter input that fails in the same way: what can be left out is left out, first its parts, then any piece.</summary>
    private byte[] Reduce(byte[] input, string key)
    {
        var parts = new List<InputPart>();
        for (var at = 0; ; at++)
        {
            parts.Clear();
            target.FindParts(input, parts);
            if (at >= parts.Count)
            {
                break;
            }

            var part = parts[^(1 + at)];
            byte[] shorter = [.. input.AsSpan(0, part.Start), .. input.AsSpan(part.Start + part.Length)];
            (input, at) = part.Length > 0 && FailureOf(shorter) == key ? (shorter, at - 1) : (input, at);
        }

        for (var piece = Math.Max(1, input.Length / 2); piece > 0; piece /= 2)
        {
            for (var at = 0; at + piece <= input.Length;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + piece)];
                if (FailureOf(shorter) == key)
                {
                    input = shorter;
                }
                else
                {
                    at += piece;
                }
            }
        }

        return input;
    }

    private string? FailureOf(byte[] input)
    {
        current.Begin(input);
        try
        {
            target.Execute(input);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return KeyOf(failure);
        }
    }

    /// <summary>What tells one failure from another: its kind, and where in the libraries it happened or what did not hold.</summary>
    private static string KeyOf(Exception failure) =>
        $"{failure.GetType().Name}: " + (failure.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("at Nvdimm.Extensions", StringComparison.Ordinal))?.Trim()
            ?? new string([.. failure.Message.Where(character => !char.IsAsciiDigit(character)).Take(80)]));

    private void Show()
    {
        shown = clock.Elapsed;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{target.Name}: {executions:N0} executions, {executions / shown.TotalSeconds:N0} a second ({executions / process.TotalProcessorTime.TotalSeconds:N0} a second of CPU), {pool.Count} inputs, " +
            $"{coverage.Branches} branches, {failures.Count} failures, at most {process.PeakWorkingSet64 >> 20} MiB of memory");
    }
}
