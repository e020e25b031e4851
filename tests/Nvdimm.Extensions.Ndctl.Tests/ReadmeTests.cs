using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>The README says what is so.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "README.md"));

    [Test]
    public void Codes_AreAllInTheCodeTable() =>
        Assert.That(FindingTexts.Codes.Where(code => !Readme.Contains($"`{code}`", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void SizingTable_IsWhatTheSizerSays()
    {
        var rows = Readme.Split('\n')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 10 && cells[1] is "x86_64" or "ppc64")
            .ToList();
        Assert.That(rows, Has.Count.EqualTo(8));
        foreach (var cells in rows)
        {
            var layout = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.FromName(cells[1]), ByteSize.Parse(cells[2]))
            {
                Align = cells[3] == "none" ? null : Alignment.FromBytes(ByteSize.Parse(cells[3]).Bytes),
            });
            var shown = new[] { cells[4], cells[5], cells[6], cells[7] }.Select(cell => cell.Length == 0 ? (ByteSize?)null : ByteSize.Parse(cell));
            Assert.That(new[] { layout.TargetSize, layout.BackendSize, layout.Layout?.LabelOffset, layout.Layout?.GuestSize }, Is.EqualTo(shown), string.Join('|', cells));
            Assert.That(cells[8], Is.EqualTo(layout.Verdict == LayoutVerdict.Ok ? "ok" : $"`{layout.Codes.Single()}`"));
        }
    }
}
