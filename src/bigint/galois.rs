//! Fields of p^k elements: polynomials over GF(p) modulo one of degree k. Coefficients ascend, none leading is zero.

use super::scalar::{apply, euclidean};
use super::{Failure, Operation};
use dashu_int::IBig;

/// Coefficients of a polynomial, that of x^0 first.
pub type Polynomial = Vec<IBig>;

/// GF(p^k): the prime, and the polynomial that is zero in it. That they are a prime and irreducible is not checked;
/// an inverse that is missing for that reason is reported.
pub struct Field<'a> {
    prime: &'a IBig,
    modulus: Polynomial,
}

impl<'a> Field<'a> {
    /// The field of residues modulo `modulus` over GF(`prime`).
    ///
    /// # Errors
    /// [`Failure::DivisionByZero`] where either is zero, [`Failure::Domain`] where the polynomial is a constant.
    pub fn new(prime: &'a IBig, modulus: &[IBig]) -> Result<Field<'a>, Failure> {
        let modulus = reduced(modulus, prime)?;
        match modulus.len() {
            0 => Err(Failure::DivisionByZero),
            1 => Err(Failure::Domain(
                "the polynomial that defines the field is a constant".into(),
            )),
            _ => Ok(Field { prime, modulus }),
        }
    }

    /// a + b.
    pub fn add(&self, a: &[IBig], b: &[IBig]) -> Result<Polynomial, Failure> {
        let at = |p: &[IBig], power: usize| p.get(power).cloned().unwrap_or(IBig::ZERO);
        let sums: Polynomial = (0..a.len().max(b.len()))
            .map(|power| at(a, power) + at(b, power))
            .collect();
        self.element(&sums)
    }

    /// a * b.
    pub fn multiply(&self, a: &[IBig], b: &[IBig]) -> Result<Polynomial, Failure> {
        self.element(&product(a, b))
    }

    /// The inverse of a, by Euclid's algorithm: keeps r = t * a (mod modulus) until r is a constant.
    ///
    /// # Errors
    /// [`Failure::NotInvertible`] for zero, and where a and the modulus have a common factor.
    pub fn inverse(&self, a: &[IBig]) -> Result<Polynomial, Failure> {
        let mut previous = (self.modulus.clone(), Polynomial::new());
        let mut current = (self.element(a)?, vec![IBig::ONE]);
        while current.0.len() > 1 {
            let (quotient, rest) = self.divide(previous.0, &current.0)?;
            let back = product(&quotient, &current.1)
                .iter()
                .map(|c| -c)
                .collect::<Polynomial>();
            let cofactor = self.add(&previous.1, &back)?;
            previous = std::mem::replace(&mut current, (rest, cofactor));
        }
        let constant = current.0.first().ok_or(Failure::NotInvertible)?;
        let scale = apply(Operation::ModInv, &[constant, self.prime])?;
        self.element(&product(&current.1, &[scale]))
    }

    /// The residue of a polynomial with any coefficients.
    fn element(&self, a: &[IBig]) -> Result<Polynomial, Failure> {
        Ok(self.divide(reduced(a, self.prime)?, &self.modulus)?.1)
    }

    /// Quotient and rest of reduced polynomials; b is not zero.
    fn divide(&self, mut a: Polynomial, b: &[IBig]) -> Result<(Polynomial, Polynomial), Failure> {
        let leading = b.last().ok_or(Failure::DivisionByZero)?;
        let inverse = apply(Operation::ModInv, &[leading, self.prime])?;
        let mut quotient = vec![IBig::ZERO; (a.len() + 1).saturating_sub(b.len())];
        for shift in (0..quotient.len()).rev() {
            let factor = &a[shift + b.len() - 1] * &inverse;
            for (power, coefficient) in b.iter().enumerate() {
                let difference = &a[shift + power] - &factor * coefficient;
                a[shift + power] = euclidean(&difference, self.prime)?.1;
            }
            quotient[shift] = factor;
        }
        Ok((reduced(&quotient, self.prime)?, reduced(&a, self.prime)?))
    }
}

/// Coefficients in 0..p, without leading zeros.
fn reduced(a: &[IBig], prime: &IBig) -> Result<Polynomial, Failure> {
    let residue = |coefficient| euclidean(coefficient, prime).map(|(_, rest)| rest);
    let mut residues = a
        .iter()
        .map(residue)
        .collect::<Result<Polynomial, Failure>>()?;
    while residues.last().is_some_and(IBig::is_zero) {
        residues.pop();
    }
    Ok(residues)
}

fn product(a: &[IBig], b: &[IBig]) -> Polynomial {
    let mut product = vec![IBig::ZERO; (a.len() + b.len()).saturating_sub(1)];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            product[i + j] += x * y;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_of_small_fields_has_its_inverse() {
        for (prime, modulus) in [
            (2, vec![1, 1, 0, 1]),
            (3, vec![2, 2, 1]),
            (5, vec![1, 0, 3]),
        ] {
            let prime = IBig::from(prime);
            let modulus: Polynomial = modulus.into_iter().map(IBig::from).collect();
            let field = Field::new(&prime, &modulus).unwrap();
            for code in 1..usize::try_from(&prime.pow(modulus.len() - 1)).unwrap() {
                let digits =
                    (0..modulus.len() - 1).map(|k| IBig::from(code) / prime.pow(k) % &prime);
                let element: Polynomial = digits.collect();
                let inverse = field.inverse(&element).unwrap();
                assert_eq!(
                    field.multiply(&element, &inverse).unwrap(),
                    [IBig::ONE],
                    "{element:?}"
                );
            }
            assert_eq!(field.inverse(&[]), Err(Failure::NotInvertible));
        }
    }

    #[test]
    fn what_defines_no_field_is_refused() {
        let (two, zero) = (IBig::from(2), IBig::ZERO);
        assert!(matches!(
            Field::new(&zero, &[two.clone(), two.clone()]),
            Err(Failure::DivisionByZero)
        ));
        assert!(matches!(
            Field::new(&two, std::slice::from_ref(&two)),
            Err(Failure::DivisionByZero)
        ));
        assert!(matches!(
            Field::new(&two, &[IBig::ONE]),
            Err(Failure::Domain(_))
        ));
        let square = [IBig::ONE, IBig::ZERO, IBig::ONE];
        let field = Field::new(&two, &square).unwrap();
        assert_eq!(
            field.inverse(&[IBig::ONE, IBig::ONE]),
            Err(Failure::NotInvertible)
        );
    }
}
