namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The decision of a restoration.</summary>
/// <param name="IsReturned">Whether to write the backup's labels to <see cref="RestorationState.ExpectedPlace"/>.</param>
/// <param name="IsTakenBack">Whether to write back the bytes that the labels overwrote.</param>
/// <param name="Code">Why these bytes are not written back; null if they are, or if they are already there.</param>
internal readonly record struct RestorationChoice(bool IsReturned, bool IsTakenBack, string? Code)
{
    /// <summary>Whether there is nothing to restore, and no objection.</summary>
    public bool IsNothing => !IsReturned && !IsTakenBack && Code is null;

    /// <summary>
    /// Decides by the record, as a start does. Afterwards there are valid labels where the guest looks for them, or nothing is written.
    /// </summary>
    public static RestorationChoice Of(RestorationState state)
    {
        var isReturned = MayReturn(state);
        var isThere = state.IsBefore || (isReturned && state.ExpectedPlace == state.Backup.Offset);
        var code = isThere ? null : WhyNotTakenBack(state, isReturned);
        return new(isReturned, !isThere && code is null, code);
    }

    /// <summary>
    /// Whether the labels may go back to where the guest looks for them. The last recorded labels may if there are no valid labels. Other
    /// labels, or over other labels, may only if they are named; a backup then keeps what is overwritten.
    /// </summary>
    private static bool MayReturn(RestorationState state)
    {
        var (backup, layout) = (state.Backup, state.Record?.Layout);
        if (state.HashAtExpectedPlace == backup.Hash
            || (layout is not null && (layout.LabelSize.Bytes != backup.Size || layout.DeviceSize.Bytes != state.DeviceSize)))
        {
            return false;
        }

        // A name can come to stand for another device, which must not get the labels of this one.
        var isLast = layout is not null && state.Record!.LabelHash == backup.Hash && backup.Identity.IsStable;
        return state.HashAtExpectedPlace is null ? isLast || state.IsNamed : state.IsNamed && state.IsExpectedPlaceSaved;
    }

    private static string? WhyNotTakenBack(RestorationState state, bool isReturned)
    {
        var (backup, layout) = (state.Backup, state.Record?.Layout);
        return !state.IsPartlyWritten ? NvdimmCodes.RestoreChanged
            : layout is not null && state.ExpectedPlace != backup.Offset && backup.Offset < layout.GuestSize.Bytes
                ? NvdimmCodes.RestoreGuestData
            : IsKept(state, isReturned) ? null
            : NvdimmCodes.RestoreLastLabels;
    }

    /// <summary>Whether the labels, or the last recorded ones, are still valid elsewhere after these are gone.</summary>
    private static bool IsKept(RestorationState state, bool isReturned)
    {
        var backup = state.Backup;
        var isAtSource = backup.Source != backup.Offset && state.HashAtSource == backup.Hash;
        var isAtHome = state.HashAtExpectedPlace is { } home && (home == backup.Hash || home == state.Record?.LabelHash || state.IsNamed);
        return state.ExpectedPlace != backup.Offset && (isReturned || isAtSource || isAtHome);
    }
}
