using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>The figures in SIZING.md are what the sizer computes.</summary>
public sealed class SizingDocumentTests
{
    private static readonly string[][] Rows = [.. File.ReadLines(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Extensions", "Sizing", "SIZING.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length == 10 && cells[1] is "x86_64" or "ppc64")];

    [Test]
    public void Table_HasRowsOfBothArchitectures() => Assert.That(Rows.GroupBy(cells => cells[1]).Select(group => group.Count()), Is.EqualTo(new[] { 6, 2 }));

    [TestCaseSource(nameof(Rows))]
    public void Row_IsWhatTheSizerComputes(params string[] cells)
    {
        var result = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.FromName(cells[1]), ByteSize.Parse(cells[2]))
        {
            Align = cells[3] == "none" ? null : Alignment.FromBytes(ByteSize.Parse(cells[3]).Bytes),
        });
        var shown = new[] { cells[4], cells[5], cells[6], cells[7] }.Select(cell => cell.Length == 0 ? (ByteSize?)null : ByteSize.Parse(cell));
        Assert.That(new[] { result.TargetSize, result.BackendSize, result.Layout?.LabelOffset, result.Layout?.GuestSize }, Is.EqualTo(shown));
        Assert.That(cells[8], Is.EqualTo(result.Verdict == LayoutVerdict.Ok ? "ok" : $"`{result.Codes.Single()}`"));
    }
}
