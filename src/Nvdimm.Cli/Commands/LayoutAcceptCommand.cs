using System.CommandLine;
using System.CommandLine.Parsing;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout accept</c>: records that an administrator accepts exactly the findings of a check.</summary>
internal static class LayoutAcceptCommand
{
    /// <summary>The verdicts that can be named, each with its acceptable findings.</summary>
    private static readonly Dictionary<string, string[]> Findings = GuardCodes.All
        .Where(row => row.IsAcceptable && !GuardCodes.IsGood(row.Verdict))
        .GroupBy(row => EnumWords.Of(row.Verdict), row => row.Code, StringComparer.Ordinal)
        .ToDictionary(codes => codes.Key, codes => codes.ToArray(), StringComparer.Ordinal);

    /// <summary>All verdicts and finding codes that can be named.</summary>
    private static readonly HashSet<string> Names =
        [.. Findings.Keys, .. GuardCodes.All.Where(row => row.IsAcceptable).Select(row => row.Code)];

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var options = new GuardOptions("The device.", isOne: true);
        var finding = new Option<string[]>("--finding")
        {
            HelpName = "VERDICT|CODE",
            Description = $"The findings to accept: the verdict of 'nvdimm layout check' ({string.Join(", ", Findings.Keys)}), "
                + "or codes of its findings. Several may follow.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = Known,
        };
        Options.Offer(finding.CompletionSources, Names);
        var by = Options.By("Who accepts it.");
        var note = new Option<string>("--note") { HelpName = "TEXT", Description = "The reason, for the record." };
        var command = new Command(
            "accept",
            "Accepts a finding, so that a VM can start with the device.\n"
            + "An acceptance counts for exactly the offsets, sizes, uuids and hashes that were found. "
            + "Accept a finding only if no data is lost: the guest may then see other bytes than before.")
        {
            finding, by, note,
        };
        options.AddTo(command);
        command.Validators.Add(result => Options.RequireName(result, by));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var checkedDevices = await options.CheckAsync(environment, parsed, cancellationToken).ConfigureAwait(false);
            if (checkedDevices.Devices.Count != 1)
            {
                environment.Say("exactly one device is accepted at a time.");
                WriteNothing(environment, [], parsed.GetValue(options.Json));
                return Math.Max(ExitStatus.Refused, checkedDevices.ListingStatus);
            }

            var device = checkedDevices.Devices[0];
            if (!device.IsOnThisMachine)
            {
                environment.Say($"{device.WhereToRun} Nothing was accepted.");
                WriteNothing(environment, device.Refusals, parsed.GetValue(options.Json));
                return Math.Max(ExitStatus.Refused, device.Status);
            }

            if (device.Check is not { } check)
            {
                environment.Say($"{device.Device.Name} is not checked: {device.NotChecked}; nothing was accepted.");
                WriteNothing(environment, device.Refusals, parsed.GetValue(options.Json));
                return Math.Max(ExitStatus.Refused, device.Status);
            }

            var (named, missing) = Choose(check, parsed.GetValue(finding)!);
            var chosen = named.Where(check.Open.Contains).ToValueList();
            foreach (var code in named.Except(chosen).Select(earlier => earlier.Code).Distinct(StringComparer.Ordinal))
            {
                environment.Say($"{code} is accepted already.");
            }

            var isNew = missing is null && chosen.Count > 0;
            var result = isNew
                ? checkedDevices.Guard.Ledger.Accept(
                    check.Evidence.Identity, device.Device.Name, device.Device.Path!, chosen, parsed.GetValue(by)!, parsed.GetValue(note))
                : null;
            var remaining = device.Refusals.Where(refusal => result?.Record?.Accepts(refusal) != true).ToValueList();
            Write(environment, result, chosen, missing, remaining, parsed.GetValue(options.Json));
            return missing is not null ? ExitStatus.Refused
                : isNew && result!.Record is null ? ExitStatus.Failed
                : checkedDevices.ListingStatus;
        });
        return command;
    }

    /// <summary>
    /// The named findings, accepted ones among them. If a name was given that the check did not find, there are none, and the reason is
    /// returned.
    /// </summary>
    private static (ValueList<Finding> Named, string? Missing) Choose(LayoutCheckResult check, IEnumerable<string> names)
    {
        var named = new List<Finding>();
        foreach (var name in names)
        {
            var isVerdict = Findings.TryGetValue(name, out var codes);
            var matching = isVerdict && name != EnumWords.Of(check.Verdict)
                ? []
                : check.Findings.Where(finding => isVerdict ? codes!.Contains(finding.Code, StringComparer.Ordinal) : finding.Code == name)
                    .ToList();
            if (matching.Count == 0)
            {
                return (
                    [],
                    $"'{name}' is not what was found: the verdict is {EnumWords.Of(check.Verdict)}, and {Open(check)}; "
                        + "nothing was accepted");
            }

            named.AddRange(matching);
        }

        return (named.Distinct().ToValueList(), null);
    }

    private static string Open(LayoutCheckResult check)
    {
        var open = check.Open.Where(GuardCodes.IsAcceptable).Select(finding => finding.Code).Distinct(StringComparer.Ordinal).ToList();
        return open.Count == 0 ? "nothing is there to be accepted" : $"what can be accepted is {string.Join(", ", open)}";
    }

    private static void WriteNothing(ToolEnvironment environment, ValueList<Finding> remaining, bool asJson)
    {
        if (asJson)
        {
            Write(environment, result: null, chosen: [], missing: null, remaining, asJson: true);
        }
    }

    private static void Write(
        ToolEnvironment environment, LayoutRecordResult? result, ValueList<Finding> chosen, string? missing, ValueList<Finding> remaining,
        bool asJson)
    {
        if (missing is not null)
        {
            environment.Say($"{missing}.");
        }

        var accepted = result?.Record is null ? [] : chosen;
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() =>
            {
                json.Array("accepted", accepted, finding => json.Object(() => json.FindingMembers(finding)));
                json.Array(
                    "remaining", remaining.Concat(result?.Findings ?? []), finding => json.Object(() => json.FindingMembers(finding)));
                json.WritePropertyName("record");
                json.Record(result?.Record);
            }));
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        foreach (var finding in accepted)
        {
            console.WriteLine(Printable.Text($"accepted {finding.Code}: {finding.Message}"));
        }

        if (remaining.Count > 0)
        {
            console.WriteLine("still refused:");
        }

        console.WriteFindings(remaining.Concat(result?.Findings ?? []));
    }

    private static string[] Known(ArgumentResult result)
    {
        var names = result.Tokens.Select(token => token.Value).ToArray();
        foreach (var name in names.Where(name => !Names.Contains(name)))
        {
            result.AddError($"'{name}' cannot be accepted.{Nearest.Hint(name, Names)} There are {string.Join(", ", Names)}.");
        }

        return names;
    }
}
