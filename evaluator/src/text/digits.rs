//! The decimal digits of a float: Grisu2 (Loitsch, “Printing Floating-Point Numbers Quickly and Accurately with
//! Integers”, 2010), in the variant of the JSON library that Nix uses.
//!
//! Its digits always read back as the same number, but one time in a thousand they are not the fewest, or not the
//! closest. Derivations hold JSON, so that hashes depend on those digits: Rust's own, which are better, would not do.

/// A number `fraction` · 2^`exponent`.
#[derive(Clone, Copy)]
struct Scaled {
    fraction: u64,
    exponent: i32,
}

impl Scaled {
    fn normalized(self) -> Self {
        let shift = self.fraction.leading_zeros();
        Self { fraction: self.fraction << shift, exponent: self.exponent - shift.cast_signed() }
    }

    /// The product, rounded to 64 bits.
    fn times(self, other: Self) -> Self {
        let product = u128::from(self.fraction) * u128::from(other.fraction) + (1 << 63);
        let fraction = u64::try_from(product >> 64).expect("a product of 64 bits each has 128");
        Self { fraction, exponent: self.exponent + other.exponent + 64 }
    }
}

/// The digits of a positive, finite number, and the power of ten of the last one.
pub fn shortest_digits(value: f64) -> (Vec<u8>, i32) {
    let bits = value.to_bits();
    let (biased, fraction) = ((bits >> 52 & 0x7FF) as i32, bits & ((1 << 52) - 1));
    let number = if biased == 0 {
        Scaled { fraction, exponent: -1074 }
    } else {
        Scaled { fraction: fraction | 1 << 52, exponent: biased - 1075 }
    };
    // Halfway to the neighbours. The lower one is closer at a power of two.
    let upper = Scaled { fraction: 2 * number.fraction + 1, exponent: number.exponent - 1 }.normalized();
    let lower = if fraction == 0 && biased > 1 {
        Scaled { fraction: 4 * number.fraction - 1, exponent: number.exponent - 2 }
    } else {
        Scaled { fraction: 2 * number.fraction - 1, exponent: number.exponent - 1 }
    };
    let lower =
        Scaled { fraction: lower.fraction << (lower.exponent - upper.exponent), exponent: upper.exponent };
    let (power, decimal) = cached_power(upper.exponent);
    let number = number.normalized().times(power);
    let (lower, upper) = (lower.times(power).fraction + 1, upper.times(power));
    generate(lower, number.fraction, Scaled { fraction: upper.fraction - 1, ..upper }, -decimal)
}

/// A power of ten that brings a binary exponent between -60 and -32, and its exponent.
fn cached_power(exponent: i32) -> (Scaled, i32) {
    let wanted = -60 - exponent - 1;
    let decimal = wanted * 78_913 / (1 << 18) + i32::from(wanted > 0);
    let index = (300 + decimal + 7) / 8;
    let decimal = index * 8 - 300;
    let fraction = POWERS[usize::try_from(index).unwrap_or_default().min(POWERS.len() - 1)];
    // The logarithm of ten to the base two, in 16 bits; exact over the range of the table.
    (Scaled { fraction, exponent: ((decimal * 217_706) >> 16) - 63 }, decimal)
}

/// Writes digits of `upper` until what is left is less than the distance to `lower`.
fn generate(lower: u64, number: u64, upper: Scaled, mut decimal: i32) -> (Vec<u8>, i32) {
    let mut digits = Vec::with_capacity(20);
    let mut delta = upper.fraction - lower;
    let mut distance = upper.fraction - number;
    let shift = -upper.exponent;
    let one = 1u64 << shift;
    let (mut integer, mut rest) = (upper.fraction >> shift, upper.fraction & (one - 1));
    let mut place = 1u64;
    let mut left = 1;
    while integer / place >= 10 {
        place *= 10;
        left += 1;
    }
    while left > 0 {
        push_digit(&mut digits, integer / place);
        integer %= place;
        left -= 1;
        let remaining = (integer << shift) + rest;
        if remaining <= delta {
            decimal += left;
            round(&mut digits, distance, delta, remaining, place << shift);
            return (digits, decimal);
        }
        place /= 10;
    }
    loop {
        rest *= 10;
        push_digit(&mut digits, rest >> shift);
        rest &= one - 1;
        decimal -= 1;
        delta *= 10;
        distance *= 10;
        if rest <= delta {
            round(&mut digits, distance, delta, rest, one);
            return (digits, decimal);
        }
    }
}

fn push_digit(digits: &mut Vec<u8>, digit: u64) {
    digits.push(b'0' + u8::try_from(digit).expect("a digit is below ten"));
}

/// Lowers the last digit while that brings the result closer to the number.
fn round(digits: &mut [u8], distance: u64, delta: u64, mut rest: u64, unit: u64) {
    let Some(last) = digits.last_mut() else { return };
    while rest < distance
        && delta - rest >= unit
        && (rest + unit < distance || distance - rest > rest + unit - distance)
    {
        *last -= 1;
        rest += unit;
    }
}

/// 10^-300, 10^-292, … 10^324, each scaled to 64 bits.
static POWERS: [u64; 79] = [
    0xAB70_FE17_C79A_C6CA,
    0xFF77_B1FC_BEBC_DC4F,
    0xBE56_91EF_416B_D60C,
    0x8DD0_1FAD_907F_FC3C,
    0xD351_5C28_3155_9A83,
    0x9D71_AC8F_ADA6_C9B5,
    0xEA9C_2277_23EE_8BCB,
    0xAECC_4991_4078_536D,
    0x823C_1279_5DB6_CE57,
    0xC210_9436_4DFB_5637,
    0x9096_EA6F_3848_984F,
    0xD774_85CB_2582_3AC7,
    0xA086_CFCD_97BF_97F4,
    0xEF34_0A98_172A_ACE5,
    0xB238_67FB_2A35_B28E,
    0x84C8_D4DF_D2C6_3F3B,
    0xC5DD_4427_1AD3_CDBA,
    0x936B_9FCE_BB25_C996,
    0xDBAC_6C24_7D62_A584,
    0xA3AB_6658_0D5F_DAF6,
    0xF3E2_F893_DEC3_F126,
    0xB5B5_ADA8_AAFF_80B8,
    0x8762_5F05_6C7C_4A8B,
    0xC9BC_FF60_34C1_3053,
    0x964E_858C_91BA_2655,
    0xDFF9_7724_7029_7EBD,
    0xA6DF_BD9F_B8E5_B88F,
    0xF8A9_5FCF_8874_7D94,
    0xB944_7093_8FA8_9BCF,
    0x8A08_F0F8_BF0F_156B,
    0xCDB0_2555_6531_31B6,
    0x993F_E2C6_D07B_7FAC,
    0xE45C_10C4_2A2B_3B06,
    0xAA24_2499_6973_92D3,
    0xFD87_B5F2_8300_CA0E,
    0xBCE5_0864_9211_1AEB,
    0x8CBC_CC09_6F50_88CC,
    0xD1B7_1758_E219_652C,
    0x9C40_0000_0000_0000,
    0xE8D4_A510_0000_0000,
    0xAD78_EBC5_AC62_0000,
    0x813F_3978_F894_0984,
    0xC097_CE7B_C907_15B3,
    0x8F7E_32CE_7BEA_5C70,
    0xD5D2_38A4_ABE9_8068,
    0x9F4F_2726_179A_2245,
    0xED63_A231_D4C4_FB27,
    0xB0DE_6538_8CC8_ADA8,
    0x83C7_088E_1AAB_65DB,
    0xC45D_1DF9_4271_1D9A,
    0x924D_692C_A61B_E758,
    0xDA01_EE64_1A70_8DEA,
    0xA26D_A399_9AEF_774A,
    0xF209_787B_B47D_6B85,
    0xB454_E4A1_79DD_1877,
    0x865B_8692_5B9B_C5C2,
    0xC835_53C5_C896_5D3D,
    0x952A_B45C_FA97_A0B3,
    0xDE46_9FBD_99A0_5FE3,
    0xA59B_C234_DB39_8C25,
    0xF6C6_9A72_A398_9F5C,
    0xB7DC_BF53_54E9_BECE,
    0x88FC_F317_F222_41E2,
    0xCC20_CE9B_D35C_78A5,
    0x9816_5AF3_7B21_53DF,
    0xE2A0_B5DC_971F_303A,
    0xA8D9_D153_5CE3_B396,
    0xFB9B_7CD9_A4A7_443C,
    0xBB76_4C4C_A7A4_4410,
    0x8BAB_8EEF_B640_9C1A,
    0xD01F_EF10_A657_842C,
    0x9B10_A4E5_E991_3129,
    0xE710_9BFB_A19C_0C9D,
    0xAC28_20D9_623B_F429,
    0x8044_4B5E_7AA7_CF85,
    0xBF21_E440_03AC_DD2D,
    0x8E67_9C2F_5E44_FF8F,
    0xD433_179D_9C8C_B841,
    0x9E19_DB92_B4E3_1BA9,
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_read_back_as_the_number(value in proptest::num::f64::POSITIVE) {
            prop_assume!(value.is_finite() && value > 0.0);
            let (digits, exponent) = shortest_digits(value);
            let text = format!("{}e{exponent}", String::from_utf8_lossy(&digits));
            prop_assert_eq!(text.parse::<f64>(), Ok(value));
        }
    }
}
