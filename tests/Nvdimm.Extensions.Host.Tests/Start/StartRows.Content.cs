using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Start;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;
using static Nvdimm.Extensions.NvdimmCodes;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What the device holds beside labels.</summary>
internal static partial class StartRows
{
    private static IEnumerable<StartRow> ContentRows()
    {
        const string Rule = "issue 12 section 2a";
        yield return X86("a file system that fits", Rule).Holding(Ext4).Starts(EngineOffset, EngineGuest, ContentFound);
        yield return X86("a file system that fits, policy refuses", Rule).Holding(Ext4).Refuses(ContentFound) with { Policy = new StartPolicy { Content = StartReaction.Refuse } };
        yield return X86("a file system that ends with the guest's area", Rule).Holding(Ext4 with { End = ByteSize.FromBytes(EngineGuest) })
            .Starts(EngineOffset, EngineGuest, ContentFound);
        yield return X86("a file system that ends one byte behind the guest's area", Rule).Holding(Ext4 with { End = ByteSize.FromBytes(EngineGuest + 1) }).Refuses(ContentCut);
        yield return X86("a file system of the whole device", "C1").Holding(Ext4 with { End = ByteSize.FromBytes(GiB) }).Refuses(ContentCut);
        yield return X86("a file system of the whole device, policy refuses content", "C1").Holding(Ext4 with { End = ByteSize.FromBytes(GiB) })
            .Refuses(ContentCut) with
        { Policy = new StartPolicy { Content = StartReaction.Refuse } };
        yield return X86("a file system of the whole device, the domain has no label", "C1").Asks(domain => domain with { Target = GiB, Align = null, Label = null })
            .Holding(Ext4 with { End = ByteSize.FromBytes(GiB) }).Starts(GiB, GiB, ContentFound);
        yield return X86("GPT whose backup header is at the end of the device", "C1").Holding(new FoundContent("gpt") { End = ByteSize.FromBytes(GiB) }).Refuses(ContentCut);
        yield return X86("ext4 of a guest without alignsize, the domain has one", "F3").On(device => device with { Size = ByteSize.FromMiB(512) })
            .Asks(domain => domain with { Target = 512 * MiB }).Holding(Ext4 with { End = ByteSize.FromBytes(536739840) }).Refuses(ContentCut).Warns(HotPlugMisaligned);
        yield return X86("ext4 of a guest without alignsize, the domain has none", "F3").On(device => device with { Size = ByteSize.FromMiB(512) })
            .Asks(domain => domain with { Target = 512 * MiB, Align = null }).Holding(Ext4 with { End = ByteSize.FromBytes(536739840) })
            .Starts(536739840, 536739840, ContentFound, HotPlugMisaligned);
        yield return X86("a damaged superblock", Rule).Holding(new FoundContent("xfs") { Damage = ContentDamage.Checksum }).Refuses(ContentDamaged);
        yield return X86("a truncated superblock", Rule).Holding(new FoundContent("btrfs") { Damage = ContentDamage.Truncated }).Refuses(ContentDamaged);
        yield return X86("LUKS, which takes what there is", Rule).Holding(new FoundContent("crypto_LUKS")).Refuses(ContentSizeUnknown);
        yield return X86("MD at the end of a smaller device", Rule)
            .Holding(new FoundContent("linux_raid_member") { End = ByteSize.FromMiB(512), LargestFit = ByteSize.FromMiB(513) }).Refuses(ContentNotAtEnd);
        yield return X86("MD at the end of this guest's area", Rule)
            .Holding(new FoundContent("linux_raid_member") { End = ByteSize.FromBytes(EngineGuest), LargestFit = ByteSize.FromBytes(EngineGuest) })
            .Starts(EngineOffset, EngineGuest, ContentFound);
        yield return X86("bytes of no known format", Rule).Knows(evidence => evidence with
        {
            Content = new ContentSurvey
            {
                Path = "/dev/pmem0",
                DeviceSize = ByteSize.FromBytes(GiB),
                Found = [],
                IsBlank = false,
                UnreadableReason = null,
            }
        })
            .Starts(EngineOffset, EngineGuest, ContentUnknown);
        yield return X86("two contents, one fits and one does not", Rule).Holding(Ext4, new FoundContent("gpt") { End = ByteSize.FromBytes(GiB) })
            .Refuses(ContentCut).Warns(ContentFound);
        yield return X86("the content cannot be read", "brief: a failing read is never nothing there")
            .Knows(evidence => evidence with
            {
                Content = new ContentSurvey
                {
                    Path = "/dev/pmem0",
                    DeviceSize = null,
                    Found = [],
                    IsBlank = false,
                    UnreadableReason = "Input/output error",
                }
            }).Refuses(LayoutUnreadable);
        yield return X86("neither labels nor content can be read", "brief: a failing read is never nothing there")
            .Knows(evidence => evidence with
            {
                Labels = new() { Path = "/dev/pmem0", DeviceSize = null, Found = [], UnreadableReason = "Input/output error" },
                Content = new ContentSurvey
                {
                    Path = "/dev/pmem0",
                    DeviceSize = null,
                    Found = [],
                    IsBlank = false,
                    UnreadableReason = "Input/output error",
                },
            }).Refuses(LayoutUnreadable);
        yield return X86("content beside labels at their place", "LAYOUTS.md: what is inside of namespaces is the guest's").With(RowLabels.At(EngineOffset))
            .Holding(Ext4 with { End = ByteSize.FromBytes(GiB) }).Starts(EngineOffset, EngineGuest, LayoutNotRecorded);
        yield return X86("content beside labels elsewhere, which are kept", Rule).With(RowLabels.At(WholeOffset)).Holding(Ext4 with { End = ByteSize.FromBytes(GiB) })
            .Keeps(KeptSource.Labels, WholeOffset, WholeGuest, LayoutNotRecorded, HotPlugMisaligned);
        yield return X86("content beside labels elsewhere, nothing kept", Rule).With(RowLabels.At(WholeOffset)).Holding(Ext4 with { End = ByteSize.FromMiB(1000) }).Keeping(KeepFrom.Nowhere)
            .Refuses(LayoutMoved, ContentCut).Advises(WholeOffset);
        yield return X86("content that fits the record and not the domain", Rule).With(WholeRecord).Holding(Ext4 with { End = ByteSize.FromMiB(1000) })
            .Keeps(KeptSource.Record, WholeOffset, WholeGuest, HotPlugMisaligned);
        yield return X86("content that fits the domain and not the record", Rule).Asks(domain => domain with { Target = GiB }).With(new RowRecord())
            .Holding(Ext4 with { End = ByteSize.FromMiB(1000) }).Keeps(KeptSource.Record, EngineOffset, EngineGuest);
        yield return X86("a device that was looked at for labels only", "StartEvidence.Content").With(new RowRecord()).Knows(evidence => evidence with { Content = null })
            .Starts(EngineOffset, EngineGuest);
        yield return Power("a file system behind the label of POWER", Rule).Holding(Ext4 with { End = ByteSize.FromMiB(513) }).Refuses(ContentCut);
        yield return Power("a file system that fits on POWER", Rule).Holding(Ext4 with { End = ByteSize.FromMiB(512) })
            .Starts(PowerGuest, PowerGuest, ContentFound) with
        { GuestUuid = OfDomain };
    }
}
