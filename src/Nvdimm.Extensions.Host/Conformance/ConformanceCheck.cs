using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>Checks whether the installed libvirt and QEMU behave as the sizer predicts.</summary>
public static class ConformanceCheck
{
    /// <summary>The pause before a case is tried once more, in which the host can recover.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Runs fixed and random devices through the installed programs and compares, refusals included: a predicted refusal must come from
    /// libvirt or QEMU; every other case must start with exactly the predicted sizes. Guests run no instruction; sparse files stand for the
    /// devices. A case takes about 50 ms. It also plugs memory beside NVDIMMs, compares the addresses of all devices, and starts guests
    /// whose memory ends at the last address of their CPU.
    /// </summary>
    /// <remarks>
    /// The page size is that of this host. A refusal only counts with a known reason (<c>KnownRefusals</c>), so that a lack of memory on
    /// the host neither conforms nor drifts: a case that cannot be probed is tried once more, and then ends the check. Large devices of
    /// POWER guests are the exception, because QEMU takes minutes for them on a busy machine: the second attempt has three times the limit.
    /// If that is not enough, the case is listed (<see cref="ConformanceReport.Unprobed"/>) and the check goes on.
    /// </remarks>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="progress">Takes a report before the first case and after each; null for none.</param>
    /// <param name="cancellationToken">Ends the check, and every process that it has started.</param>
    /// <exception cref="ProbeException">A program could not be probed; nothing is known about it then.</exception>
    /// <exception cref="ArgumentException">
    /// No strategy is given, an architecture cannot be sized, a number is out of its range, or the time limit is not above zero.
    /// </exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public static Task<ConformanceReport> RunAsync(
        ConformanceOptions? options = null, IProgress<ConformanceProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(options ?? new ConformanceOptions(), Predictions.OfTheCore, progress, cancellationToken);

    /// <summary>As above with other predictions.</summary>
    internal static async Task<ConformanceReport> RunAsync(
        ConformanceOptions options, Predictions predictions, IProgress<ConformanceProgress>? progress, CancellationToken cancellationToken)
    {
        Validate(options);
        var installed = await InstalledHypervisor.FindAsync(options, cancellationToken).ConfigureAwait(false);
        options = options with { Architectures = installed.Architectures };
        var binaries = BinaryIdentity.OfHypervisor(installed.Programs);
        SizingResult[] predicted =
        [
            .. ConformanceCases.Of(options).Select(request => predictions.Layout(Here(request))),
            .. ConformanceCases.WithoutAlign(options).Select(given => predictions.WithoutAlign(Here(given.Request), given.TargetSize)),
        ];
        SizingRequest Here(SizingRequest request) => request with { Profile = installed.ProfileOf(request.Architecture) };
        RecordedLayoutResult[] recorded =
        [
            .. options.Recorded.Select(device => (Device: device, Architecture: installed.Like(device.Layout.Architecture)))
                .Select(pair => new RecordedLayoutResult(
                    pair.Device,
                    pair.Device.With(
                        pair.Architecture ?? pair.Device.Layout.Architecture,
                        pair.Architecture is { } like ? installed.ProfileOf(like) : null),
                    Mismatch: null)
                {
                    IsProbed = pair.Architecture is not null,
                }),
        ];
        HotPlugCase[] plugs = [.. options.Architectures.SelectMany(HotPlugCases.Of)];
        AddressLimitCase[] limits =
        [
            .. options.Architectures.SelectMany(
                architecture => AddressLimitCases.Of(architecture, installed.QemuVersionOf(architecture))),
        ];
        var tally = new ProgressTally(progress, predicted.Length + plugs.Length + limits.Length + recorded.Length);
        tally.Begin(installed.Programs);
        var results = await CheckAllAsync(options, predicted, installed, tally, cancellationToken).ConfigureAwait(false);
        var plugged = await PlugAllAsync(options, plugs, installed, predictions, tally, cancellationToken).ConfigureAwait(false);
        var limited = await StartAllAsync(options, limits, installed, predictions, tally, cancellationToken).ConfigureAwait(false);
        recorded = await CheckRecordedAsync(options, recorded, installed, tally, cancellationToken).ConfigureAwait(false);
        return new ConformanceReport
        {
            Scope = options.Programs.Connection is null ? ConformanceScope.QemuAlone : ConformanceScope.LibvirtAndQemu,
            Programs = installed.Programs,
            Binaries = binaries,
            Seed = options.Seed,
            Groups = Groups(results),
            Mismatches = results.Select(result => result.Mismatch).OfType<ConformanceMismatch>().ToValueList(),
            NotInstalled = installed.NotInstalled,
            Unprobed = results.Where(result => result.Outcome == CaseOutcome.TimedOut)
                    .Select(result => UnprobedOf(result.Sized.Request))
                    .ToValueList(),
            HotPlugs = plugged.ToValueList(),
            AddressLimits = limited.ToValueList(),
            Recorded = recorded.ToValueList(),
        };
    }

    /// <summary>Checks every prediction, several at a time.</summary>
    internal static Task<CaseResult[]> CheckAllAsync(
        ConformanceOptions options,
        IReadOnlyList<SizingResult> predicted,
        InstalledHypervisor installed,
        ProgressTally tally,
        CancellationToken cancellationToken) =>
        ForAllAsync(
            options,
            predicted,
            async (sized, token) =>
            {
                var result = await AtAsync(
                    Words(sized.Request), () => CheckAsync(installed.CheckOf(sized.Request.Architecture), sized, token))
                    .ConfigureAwait(false);
                tally.Done(result.Mismatch is not null);
                return result;
            },
            cancellationToken);

    /// <summary>Probes the programs with the recorded devices whose QEMU is installed.</summary>
    private static Task<RecordedLayoutResult[]> CheckRecordedAsync(
        ConformanceOptions options,
        IReadOnlyList<RecordedLayoutResult> recorded,
        InstalledHypervisor installed,
        ProgressTally tally,
        CancellationToken cancellationToken) =>
        ForAllAsync(
            options,
            recorded,
            async (device, token) =>
            {
                var predicted = device.Predicted;
                var asked = device.IsProbed
                    ? await AtAsync(
                        $"the recorded device {device.Recorded.Device}",
                        () => CheckAsync(installed.CheckOf(predicted.Request.Architecture), predicted, token)).ConfigureAwait(false)
                    : null;
                var result = device with
                {
                    Mismatch = asked?.Mismatch,
                    IsProbed = asked is { Outcome: CaseOutcome.Conforming or CaseOutcome.Mismatch },
                };
                tally.Done(!result.IsKept);
                return result;
            },
            cancellationToken);

    /// <summary>Adds the case to a failure, such as a daemon that stopped in the middle of a check.</summary>
    private static async Task<T> AtAsync<T>(string probed, Func<Task<T>> check)
    {
        try
        {
            return await check().ConfigureAwait(false);
        }
        catch (ProbeException failure)
        {
            throw failure.At(probed);
        }
    }

    private static string Words(in SizingRequest request) =>
        $"a device of {request.DeviceSize.Bytes} bytes for {request.Architecture} guests, "
        + $"{(request.Align is { } align ? $"alignment {align}" : "no alignment")}";

    private static string Words(MemoryHotPlugRequest request) =>
        $"a DIMM of {request.DimmSize} for an {request.Architecture} guest of {request.Ram} with {request.Nvdimms.Count} NVDIMMs";

    /// <summary>Checks a case. A slow case gets a second attempt with a longer limit, and may stay unprobed.</summary>
    private static async Task<CaseResult> CheckAsync(CaseCheck check, SizingResult sized, CancellationToken cancellationToken)
    {
        try
        {
            return await check.CheckAsync(sized, cancellationToken).ConfigureAwait(false);
        }
        catch (ProbeException slow) when (slow.Failure == ProbeFailure.TimedOut && ConformanceCases.IsSlow(sized.Request))
        {
            try
            {
                return await check.WithLongerTimeLimit().CheckAsync(sized, cancellationToken).ConfigureAwait(false);
            }
            catch (ProbeException tooSlow) when (tooSlow.Failure == ProbeFailure.TimedOut)
            {
                return new CaseResult(sized, CaseOutcome.TimedOut);
            }
        }
    }

    private static UnprobedCase UnprobedOf(in SizingRequest request) => new(request.Architecture, request.DeviceSize, request.Align);

    private static Task<HotPlugResult[]> PlugAllAsync(
        ConformanceOptions options,
        IReadOnlyList<HotPlugCase> plugs,
        InstalledHypervisor installed,
        Predictions predictions,
        ProgressTally tally,
        CancellationToken cancellationToken) =>
        ForAllAsync(
            options,
            plugs,
            async (plug, token) =>
            {
                var check = new HotPlugCheck(predictions.HotPlug, installed.HotPlugOf(plug.Request.Architecture).PlugAsync);
                var result = await AtAsync(Words(plug.Request), () => check.CheckAsync(plug, token)).ConfigureAwait(false);
                tally.Done(result.Mismatches.Count > 0);
                return result;
            },
            cancellationToken);

    private static Task<AddressLimitResult[]> StartAllAsync(
        ConformanceOptions options,
        IReadOnlyList<AddressLimitCase> limits,
        InstalledHypervisor installed,
        Predictions predictions,
        ProgressTally tally,
        CancellationToken cancellationToken) =>
        ForAllAsync(
            options,
            limits,
            async (limit, token) =>
            {
                var probe = installed.CheckOf(limit.Architecture).Qemu;
                var result = await AtAsync(
                    $"a {limit.Architecture} guest with a maximum memory of {limit.MaxMemory}",
                    () => probe.StartAsync(limit, predictions.IsBehindAddresses(limit.Domain), token)).ConfigureAwait(false);
                tally.Done(!result.IsAsPredicted);
                return result;
            },
            cancellationToken);

    private static async Task<TResult[]> ForAllAsync<T, TResult>(
        ConformanceOptions options, IReadOnlyList<T> items, Func<T, CancellationToken, Task<TResult>> check,
        CancellationToken cancellationToken)
    {
        var results = new TResult[items.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, items.Count),
            parallel,
            async (index, token) =>
                results[index] = await TwiceAsync(() => check(items[index], token), token).ConfigureAwait(false)).ConfigureAwait(false);
        return results;
    }

    /// <summary>Tries a case once more if it could not be probed, unless it took too long.</summary>
    private static async Task<TResult> TwiceAsync<TResult>(Func<Task<TResult>> check, CancellationToken cancellationToken)
    {
        try
        {
            return await check().ConfigureAwait(false);
        }
        catch (ProbeException failure) when (failure.Failure != ProbeFailure.TimedOut)
        {
            await Task.Delay(Recovery, cancellationToken).ConfigureAwait(false);
            return await check().ConfigureAwait(false);
        }
    }

    private static void Validate(ConformanceOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Samples, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Parallelism, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Programs.TimeLimit, TimeSpan.Zero, nameof(options));
        if (options.Strategies.Count == 0)
        {
            throw new ArgumentException("A check needs a strategy", nameof(options));
        }

        if (options.Architectures.FirstOrDefault(architecture => !architecture.IsSupported) is { IsSupported: false } unsupported)
        {
            throw new ArgumentException($"No sizing rules are known for {unsupported}", nameof(options));
        }
    }

    private static ValueList<ConformanceGroup> Groups(IEnumerable<CaseResult> results) => results
        .GroupBy(result => (result.Sized.Request.Architecture, result.Sized.Request.Align))
        .OrderByDescending(group => group.Key.Architecture.Name, StringComparer.Ordinal)
        .ThenBy(group => group.Key.Align?.Bytes ?? 0)
        .Select(group => new ConformanceGroup
        {
            Architecture = group.Key.Architecture,
            Align = group.Key.Align,
            Cases = group.Count(),
            Conforming = group.Count(result => result.Outcome == CaseOutcome.Conforming),
            AlignOnly = group.Count(result => result.Outcome == CaseOutcome.AlignOnly),
            NotProbed = group.Count(result => result.Outcome == CaseOutcome.NotProbed),
            Mismatches = group.Count(result => result.Outcome == CaseOutcome.Mismatch),
            TimedOut = group.Count(result => result.Outcome == CaseOutcome.TimedOut),
        })
        .ToValueList();
}
