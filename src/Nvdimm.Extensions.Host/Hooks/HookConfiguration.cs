using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Hooks;

/// <summary>
/// The configuration. <c>hook.conf</c> beside the project describes every key; what it says of defaults is tested against this.
/// </summary>
internal sealed record HookConfiguration
{
    private const int MaximumBytes = 1 << 20;

    /// <summary>Where the ledger, the claims, the fingerprint and the last good report are.</summary>
    public string StateFolder { get; init; } = LayoutLedger.DefaultFolder;

    /// <summary>Whether every hook only reports.</summary>
    public bool IsSimulation { get; init; }

    /// <summary>Whether to write to the journal what goes to standard error.</summary>
    public bool IsJournalled { get; init; } = true;

    /// <summary>What becomes of a start where libvirt and QEMU are not the verified pair.</summary>
    public UnverifiedReaction UnverifiedHypervisor { get; init; } = UnverifiedReaction.Known;

    /// <summary>What becomes of a start without an NVDIMM that the ledger says the VM had.</summary>
    public StartReaction MissingNvdimm { get; init; } = StartReaction.Refuse;

    /// <summary>What becomes of a start with an NVDIMM whose writes never reach the device: private access, or read-only.</summary>
    public StartReaction PrivateAccess { get; init; } = StartReaction.Warn;

    /// <summary>What becomes of the first use of a device that holds content, such as a file system, which fits its layout.</summary>
    public StartReaction ExistingContent { get; init; } = StartReaction.Warn;

    /// <summary>Whether devices that no VM can use are reported to the engine.</summary>
    public bool OffersUnusable { get; init; }

    /// <summary>
    /// Names that now stand for another device than before, each with the uuid that an administrator has accepted for it.
    /// </summary>
    public IReadOnlyDictionary<string, Guid> AcceptedNames { get; init; } = new Dictionary<string, Guid>(StringComparer.Ordinal);

    /// <summary>Whether sizes are reported with which the engine's formula works.</summary>
    public bool AdjustsSizes { get; init; } = true;

    /// <summary>What becomes of memory that would be plugged where the guest cannot use it.</summary>
    public HotPlugReaction MemoryHotPlug { get; init; } = HotPlugReaction.Refuse;

    /// <summary>The libvirt connection that tells a running domain; it is opened read-only.</summary>
    public string Connection { get; init; } = "qemu:///system";

    /// <summary>libvirt's client.</summary>
    public string Virsh { get; init; } = "/usr/bin/virsh";

    /// <summary>Where libvirt keeps the logs of domains.</summary>
    public string QemuLogFolder { get; init; } = "/var/log/libvirt/qemu";

    /// <summary>The defaults.</summary>
    public static HookConfiguration Default(string root) => new HookConfiguration().Below(root);

    /// <summary>Reads the configuration of a host. Without a file, the defaults hold.</summary>
    /// <param name="root">The root of the host's file system.</param>
    /// <param name="named">The file that was named in place of the installed one, which must exist; null for the installed one.</param>
    /// <exception cref="HookException">A line is wrong, or the file cannot be read.</exception>
    public static HookConfiguration Load(string root, string? named = null)
    {
        var file = named ?? Path.Combine(root, "etc", "nvdimm-extensions", "hook.conf");
        try
        {
            // A pipe without writer, like a folder, has nothing to read, and defaults would hold in silence.
            if (!LinuxFile.IsRegularOrNothing(file))
            {
                throw HookException.Payload(file, "it is no regular file");
            }

            if (SmallFile.BytesOrNull(file, MaximumBytes) is not { } bytes)
            {
                MissingFile.Prove(file);
                return named is null ? Default(root) : throw new FileNotFoundException($"there is no {file}", file);
            }

            return bytes.Length <= MaximumBytes
                ? ConfigurationReader.Read(file, bytes).Below(root)
                : throw HookException.Payload(file, $"it has more than {MaximumBytes} bytes, and at most as many are read");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw HookException.Failed($"Reading {file}", failure);
        }
    }

    private HookConfiguration Below(string root) => root == "/"
        ? this
        : this with { StateFolder = $"{root}{StateFolder}", QemuLogFolder = $"{root}{QemuLogFolder}" };
}

/// <summary>What becomes of memory that would be plugged where the guest cannot bring it online.</summary>
internal enum HotPlugReaction
{
    /// <summary>It is not plugged.</summary>
    Refuse,

    /// <summary>It is plugged at an address at which the guest can.</summary>
    Place,

    /// <summary>It is plugged all the same, and a line says so.</summary>
    Warn,
}

/// <summary>A hook cannot go on.</summary>
/// <param name="finding">Why.</param>
/// <param name="inner">What the system said.</param>
internal sealed class HookException(Finding finding, Exception? inner = null) : Exception(finding.Message, inner)
{
    /// <summary>Why.</summary>
    public Finding Finding => finding;

    /// <summary>Something could not be done.</summary>
    public static HookException Failed(string what, Exception failure) =>
        new(Finding.Error(NvdimmCodes.HookFailed, ("what", what), ("reason", failure.Message.TrimEnd('.'))), failure);

    /// <summary>The payload is not what it should be.</summary>
    public static HookException Payload(string what, string reason, Exception? failure = null) =>
        new(Finding.Error(NvdimmCodes.HookPayload, ("what", what), ("reason", reason.TrimEnd('.'))), failure);
}
