using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Ledger;

/// <summary>A ledger without records, and a clock that stands.</summary>
public abstract class LedgerFixture
{
    private protected TemporaryFolder Folder { get; private set; } = null!;

    private protected FixedTime Time { get; private set; } = null!;

    private protected LayoutLedger Ledger { get; private set; } = null!;

    private protected string RecordPath => Path.Combine(Ledger.Folder, $"{Samples.Identity()}.json");

    [SetUp]
    public void SetUp()
    {
        Folder = new TemporaryFolder();
        Time = new FixedTime();
        Ledger = new LayoutLedger(StateFolders.Made(Path.Combine(Folder.Path, "var", "ledger")), Time);
    }

    [TearDown]
    public void TearDown() => Folder.Dispose();
}
