namespace Nvdimm.Extensions.TestSupport;

/// <summary>
/// What an attack has tried and what it has won, printed by the test and, where NVDIMM_ATTACK_COUNTS names a file, appended there: one line
/// <c>WORD NUMBER</c> for each count. <c>build/attack.sh</c> sums them up.
/// </summary>
internal static class AttackCounts
{
    private static readonly Lock Gate = new();

    /// <summary>Adds counts.</summary>
    public static void Add(params (string Word, int Number)[] counts)
    {
        TestContext.Out.WriteLine(string.Join(", ", counts.Select(count => $"{count.Number} {count.Word}")));
        if (Environment.GetEnvironmentVariable("NVDIMM_ATTACK_COUNTS") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllLines(file, counts.Select(count => $"{count.Word} {count.Number}"));
            }
        }
    }
}
