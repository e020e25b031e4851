using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Newtonsoft.Json;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>Asks the installed libvirt which backend it would pass to QEMU for an NVDIMM. It starts no domain.</summary>
/// <param name="programs">The programs to probe.</param>
/// <param name="connection">The libvirt connection.</param>
internal sealed class LibvirtProbe(HypervisorPrograms programs, string connection)
{
    // virsh of libvirt v9.0.0 and src/rpc/virnetsocket.c, src/rpc/virnetclient.c: the texts for a connection that failed.
    private static readonly string[] NoConnection =
        ["failed to connect", "disconnected from", "end of file while reading data", "cannot write data", "keepalive"];

    /// <summary>The version of the libvirt that answers: the daemon's, or the library's if the daemon reports none.</summary>
    /// <exception cref="ProbeException">libvirt could not be asked.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(["version", "--daemon"], "", cancellationToken).ConfigureAwait(false);
        var lines = outcome.Output.Split('\n');
        return outcome.ExitStatus != 0
            ? throw outcome.Exception(ProbeFailure.Failed, $"failed with exit status {outcome.ExitStatus}")
            : After(lines, "Running against daemon: ") ?? After(lines, "Using library: libvirt ")
                ?? throw outcome.Exception(ProbeFailure.Unreadable, "names no version");
    }

    /// <summary>The names of the architectures for which libvirt has a QEMU, whatever the program is called.</summary>
    /// <exception cref="ProbeException">libvirt could not be asked, or its answer is not such XML.</exception>
    public async Task<IReadOnlySet<string>> ArchitecturesAsync(CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(["capabilities"], "", cancellationToken).ConfigureAwait(false);
        if (outcome.ExitStatus != 0)
        {
            throw outcome.Exception(ProbeFailure.Failed, $"failed with exit status {outcome.ExitStatus}");
        }

        try
        {
            // libvirt v9.0.0 docs/formatcaps.rst: <guest><os_type>hvm</os_type><arch name='…'><emulator>; an architecture without one is
            // not listed.
            using var text = XmlReader.Create(
                new StringReader(outcome.Output), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(text).Root!.Elements("guest")
                .Where(guest => (string?)guest.Element("os_type") == "hvm")
                .SelectMany(guest => guest.Elements("arch"))
                .Where(arch => arch.Descendants("emulator").Any())
                .Select(arch => (string?)arch.Attribute("name"))
                .OfType<string>()
                .ToHashSet(StringComparer.Ordinal);
        }
        catch (XmlException)
        {
            throw outcome.Exception(ProbeFailure.Unreadable, "names no capabilities");
        }
    }

    /// <summary>The QEMU that libvirt would start. libvirt must accept a domain without an NVDIMM first.</summary>
    /// <exception cref="ProbeException">libvirt could not be asked, or does not know the architecture.</exception>
    public async Task<string> EmulatorAsync(GuestArchitecture architecture, CancellationToken cancellationToken)
    {
        var outcome = await NativeAsync(ProbeDomain.Empty(architecture), cancellationToken).ConfigureAwait(false);
        return outcome.ExitStatus != 0
            ? throw outcome.Exception(ProbeFailure.Failed, $"refuses a {architecture} domain without any NVDIMM")
            : ShellWords.Split(outcome.Output).Find(word => word.StartsWith('/'))
                ?? throw outcome.Exception(ProbeFailure.Unreadable, "names no emulator");
    }

    /// <summary>libvirt's backend for a prediction that has a target size.</summary>
    /// <exception cref="ProbeException">libvirt could not be asked, or its answer has no backend.</exception>
    public async Task<LibvirtAnswer> BackendAsync(SizingResult sized, CancellationToken cancellationToken)
    {
        var domain = ProbeDomain.With(sized);
        var outcome = await NativeAsync(domain, cancellationToken).ConfigureAwait(false);
        var command = $"{outcome.Command} <<'END'\n{domain}\nEND";
        return outcome.ExitStatus == 0
            ? new LibvirtAnswer(command, Read(outcome), null)
            : KnownRefusals.IsOfLibvirt(outcome.Error)
                ? new LibvirtAnswer(command, null, outcome.Error)
                : throw outcome.Exception(ProbeFailure.Failed, "fails with words that are no known refusal of an NVDIMM");
    }

    private static QemuBackend Read(ProcessOutcome outcome)
    {
        try
        {
            var words = ShellWords.Split(outcome.Output);
            var backend = QemuArguments.Of(words, "-object", "qom-type", "memory-backend-file").Single();
            var device = QemuArguments.Of(words, "-device", "driver", "nvdimm").Single();
            var align = backend.GetValueOrDefault("align");
            return new QemuBackend(
                Size(backend["size"]), Size(device["label-size"]), align is null ? null : Size(align).Bytes,
                device.GetValueOrDefault("uuid"));
        }
        catch (Exception unreadable)
            when (unreadable is InvalidOperationException or KeyNotFoundException or FormatException or JsonReaderException)
        {
            throw outcome.Exception(ProbeFailure.Unreadable, "shows no NVDIMM with a size and a label");
        }
    }

    private static ByteSize Size(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? ByteSize.FromBytes(bytes)
            : throw new FormatException(text);

    private static string? After(IEnumerable<string> lines, string start) =>
        lines.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..].Trim();

    private Task<ProcessOutcome> NativeAsync(string domain, CancellationToken cancellationToken) =>
        RunAsync(["domxml-to-native", "qemu-argv", "--xml", "/dev/stdin"], domain, cancellationToken);

    private async Task<ProcessOutcome> RunAsync(string[] arguments, string input, CancellationToken cancellationToken)
    {
        var outcome = await BoundedProcess
            .RunAsync(programs.Virsh, ["-c", connection, .. arguments], input, programs.TimeLimit, cancellationToken)
            .ConfigureAwait(false);
        return outcome.ExitStatus > 1
            || Array.Exists(NoConnection, text => outcome.Error.Contains(text, StringComparison.OrdinalIgnoreCase))
            ? throw outcome.Exception(ProbeFailure.Failed, "reaches no libvirt")
            : outcome;
    }
}
